package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.mask.Structures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CANDID-PTX. Every image has a row in Pneumothorax_reports.csv; rib fractures and chest tubes have tables of their own that name only images
 * which show them. Run-lengths are as SIIM-ACR's. Patients are not named. The reports' table names studies by {@code StudyInstanceUID} or by
 * the number before the first underscore of {@code filename}; a copy without either has images alone.
 */
final class CandidReader implements DatasetReader {

    private static final String REPORTS = "Pneumothorax_reports.csv";
    private static final String IMAGE = "SOPInstanceUID";
    private static final String OTHER_IMAGE = "anon_SOPUID";
    private static final String RIB_FRACTURE = "rib-fracture";
    private static final String CHEST_TUBE = "chest-tube";
    private static final List<String> STRUCTURES = List.of(Structures.PNEUMOTHORAX, RIB_FRACTURE, CHEST_TUBE);

    @Override
    public boolean recognises(Layout layout) {
        return layout.isFile() ? layout.columns().containsAll(List.of(IMAGE, "EncodedPixels")) : layout.has(REPORTS);
    }

    @Override
    public Listing read(DatasetSource source) {
        Layout layout = new Layout(source.path());
        Path reports = layout.isFile()
                ? source.path()
                : layout.file(REPORTS)
                        .orElseThrow(() -> new DatasetException(DatasetProblem.error(
                                source.path().toString(), "expected " + REPORTS + ", found none", null)));
        ListingBuilder listing = new ListingBuilder().labels(STRUCTURES).structures(STRUCTURES);
        Map<String, RunLengthTable> tables = new LinkedHashMap<>();
        Map<String, String> studies = new HashMap<>();
        tables.put(Structures.PNEUMOTHORAX, reports(reports, studies, listing));
        tables.put(RIB_FRACTURE, others(layout, listing, "acute_rib_fracture.csv", "Rib_fracture_mask_rle.csv"));
        tables.put(CHEST_TUBE, others(layout, listing, "chest_tube.csv"));
        RunLengthTable pneumothorax = tables.get(Structures.PNEUMOTHORAX);
        boolean named = !studies.isEmpty() && studies.keySet().containsAll(pneumothorax.ids());
        listing.grouping(named ? Grouping.STUDY : Grouping.IMAGE_ONLY);
        for (String id : pneumothorax.ids()) {
            Boolean[] labels =
                    tables.values().stream().map(table -> table.isPositive(id)).toArray(Boolean[]::new);
            listing.add(new ListedCase(id, null, named ? studies.get(id) : id, null, "", listing.labels(labels), null));
        }
        describe(tables, listing);
        Images.byName(
                Images.folder(source),
                (id, width, height) -> RunLengthTable.mask(tables, id),
                FilePixels::noBoxes,
                listing,
                source);
        return listing.build();
    }

    private static RunLengthTable reports(Path file, Map<String, String> studies, ListingBuilder listing) {
        RunLengthTable table = new RunLengthTable();
        listing.read(file, List.of(IMAGE, "EncodedPixels"), row -> {
            table.add(file, row, IMAGE, "EncodedPixels", listing);
            String study = row.get("StudyInstanceUID");
            String name = row.get("filename");
            if (study.isEmpty() && name.indexOf('_') > 0) {
                study = name.substring(0, name.indexOf('_'));
            }
            if (!study.isEmpty()) {
                studies.putIfAbsent(row.get(IMAGE), "study " + study);
            }
        });
        return table;
    }

    /** A table of another finding; where it is absent, no image is said to show it. */
    private static RunLengthTable others(Layout layout, ListingBuilder listing, String... names) {
        RunLengthTable table = new RunLengthTable();
        Optional<Path> file = layout.isFile()
                ? Optional.empty()
                : Stream.of(names).flatMap(name -> layout.file(name).stream()).findFirst();
        if (file.isEmpty()) {
            listing.warning(
                    Path.of(names[0]), 0, "expected this table, found none: no image counts as showing its finding");
        } else {
            String image = column(file.get());
            table.read(file.get(), image, "mask_rle", listing);
        }
        return table;
    }

    private static String column(Path file) {
        try {
            return CsvFile.header(file).contains(OTHER_IMAGE) ? OTHER_IMAGE : IMAGE;
        } catch (CsvException | UnsafeFileException e) {
            return IMAGE;
        }
    }

    private static void describe(Map<String, RunLengthTable> tables, ListingBuilder listing) {
        RunLengthTable reports = tables.get(Structures.PNEUMOTHORAX);
        listing.fact("files", "rows of reports", reports.rows());
        listing.fact("files", "images", reports.ids().size());
        tables.forEach((structure, table) -> {
            listing.fact("files", "images with " + structure, table.positives());
            listing.fact("files", "rows with " + structure, table.positiveRows());
        });
        listing.note(
                "Prakash et al. count 17,237 train and 2,000 test images, 19,237 in all, which is the whole of CANDID-PTX. Which images they"
                        + " test with is not published, so that the split here is seeded.");
        listing.note(
                "CANDID-PTX names no patients. Lungs and heart are not in its tables: option 'masks' takes them from CheXmask.");
    }
}
