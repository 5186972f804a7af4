package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvRow;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengthText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The run-lengths of one structure by image, several rows an image, as SIIM-ACR and CANDID-PTX write them. */
final class RunLengthTable {

    private static final int SIDE = 1024;

    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final Map<String, Boolean> positive = new HashMap<>();
    private final Set<String> blank = new LinkedHashSet<>();
    private long rows;
    private long positiveRows;

    /** Reads a table; faults go to the listing. */
    void read(Path file, String imageColumn, String runColumn, ListingBuilder listing) {
        listing.read(file, List.of(imageColumn, runColumn), row -> add(file, row, imageColumn, runColumn, listing));
    }

    void add(Path file, CsvRow row, String imageColumn, String runColumn, ListingBuilder listing) {
        rows++;
        String id = row.get(imageColumn);
        String text = row.get(runColumn);
        if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
            listing.error(file, row.line(), imageColumn + ": expected an image's id, found another value");
            return;
        }
        if (text.isEmpty()) {
            blank.add(id);
            positive.putIfAbsent(id, false);
            texts.computeIfAbsent(id, i -> new ArrayList<>(1));
            listing.warning(file, row.line(), runColumn + ": expected run-lengths or -1, found nothing");
            return;
        }
        boolean runs = !RunLengthText.isNone(text);
        Boolean earlier = positive.putIfAbsent(id, runs);
        if (earlier != null && earlier != runs) {
            listing.error(
                    file, row.line(), runColumn + ": expected runs or -1 for an image, found both in several rows");
        }
        List<String> of = texts.computeIfAbsent(id, i -> new ArrayList<>(1));
        if (runs) {
            positiveRows++;
            of.add(text);
            try {
                RunLengthText.RELATIVE_COLUMNS.requireWithin(text, (long) SIDE * SIDE);
            } catch (ImageFormatException e) {
                listing.error(file, row.line(), runColumn + ": " + e.reason());
            }
        }
    }

    /** Ids in the order of the rows. */
    Set<String> ids() {
        return texts.keySet();
    }

    /** Whether an image has runs; null where its row says nothing. */
    Boolean isPositive(String id) {
        return blank.contains(id) ? null : Boolean.valueOf(positive.getOrDefault(id, false));
    }

    long rows() {
        return rows;
    }

    long positiveRows() {
        return positiveRows;
    }

    long positives() {
        return positive.values().stream().filter(p -> p).count();
    }

    /** The union of an image's rows at the size that all of these tables are made for. */
    Plane plane(String id) {
        return Plane.union(
                SIDE,
                SIDE,
                texts.getOrDefault(id, List.of()).stream()
                        .map(text -> RunLengthText.RELATIVE_COLUMNS.decode(text, SIDE, SIDE))
                        .toList());
    }

    /** The mask of an image with one plane a table. */
    static Mask mask(Map<String, RunLengthTable> tables, String id) {
        Map<String, Plane> planes = new HashMap<>();
        tables.forEach((structure, table) -> planes.put(structure, table.plane(id)));
        return Mask.of(SIDE, SIDE, planes);
    }
}
