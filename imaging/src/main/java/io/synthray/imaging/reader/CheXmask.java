package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.FileStamp;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Pixels;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengthText;
import io.synthray.imaging.mask.Structures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lung and heart masks of CheXmask (Gaggion et al. 2024) for images of another data set: absolute run-lengths, counted from 1 along the rows. A
 * table has the image's name in its first column.
 */
public final class CheXmask {

    private static final List<String> COLUMNS = List.of("Left Lung", "Right Lung", "Heart");

    /** In the order of the columns. */
    private static final List<String> STRUCTURES =
            List.of(Structures.LEFT_LUNG, Structures.RIGHT_LUNG, Structures.HEART);

    private static final int LARGEST_SIDE = 8192;

    private final Path file;
    private final Map<String, Row> rows;

    /** Run-lengths are ASCII: bytes take half of what strings of numbers would. */
    @SuppressWarnings("ArrayRecordComponent") // Held in a map as value; never compared.
    private record Row(int width, int height, byte[][] runs) {}

    private CheXmask(Path file, Map<String, Row> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @throws DatasetException if it cannot be read or is no table of CheXmask
     */
    public static CheXmask open(Path file) {
        Map<String, Row> rows = new HashMap<>();
        List<DatasetProblem> problems = new ArrayList<>();
        try {
            List<String> header = CsvFile.header(file);
            if (!header.containsAll(COLUMNS) || !header.contains("Height") || !header.contains("Width")) {
                throw new DatasetException(DatasetProblem.error(
                        file.getFileName() + ":1", "expected the columns of CheXmask, found others", null));
            }
            CsvFile.read(file, h -> {}, row -> {
                int width = side(row.get("Width"));
                int height = side(row.get("Height"));
                byte[][] runs = COLUMNS.stream()
                        .map(column -> row.get(column).getBytes(StandardCharsets.ISO_8859_1))
                        .toArray(byte[][]::new);
                if (width == 0 || height == 0) {
                    problems.add(DatasetProblem.error(
                            file.getFileName() + ":" + row.line(),
                            "Height, Width: expected sides of 1 to " + LARGEST_SIDE + ", found others",
                            null));
                } else {
                    rows.put(key(row.get(0)), new Row(width, height, runs));
                }
            });
        } catch (CsvException | UnsafeFileException e) {
            problems.add(DatasetProblem.error(file.getFileName().toString(), e.getMessage(), null));
        }
        if (!problems.isEmpty()) {
            throw new DatasetException(problems);
        }
        return new CheXmask(file, rows);
    }

    private static int side(String text) {
        int side = text.matches("[0-9]{1,5}(\\.0)?") ? (int) Double.parseDouble(text) : 0;
        return side <= LARGEST_SIDE ? side : 0;
    }

    /** Names of images differ by ending and by the folder that an archive unpacks to. */
    private static String key(String name) {
        return ImageIndex.stem(name.replaceFirst("^CheXpert[^/]*/", ""));
    }

    /** Number of images. */
    public int size() {
        return rows.size();
    }

    /** Names of the images as the table has them, without ending. */
    public List<String> names() {
        return rows.keySet().stream().sorted().toList();
    }

    /**
     * The mask of an image, at the size for which the table gives it.
     *
     * @return nothing if the table does not have the image
     * @throws io.synthray.imaging.image.ImageFormatException if its run-lengths are damaged
     */
    public Optional<Mask> mask(String id) {
        Row row = rows.get(key(id));
        if (row == null) {
            return Optional.empty();
        }
        Map<String, Plane> planes = new TreeMap<>();
        for (int i = 0; i < STRUCTURES.size(); i++) {
            String text = new String(row.runs()[i], StandardCharsets.ISO_8859_1);
            planes.put(STRUCTURES.get(i), RunLengthText.ABSOLUTE_ROWS.decode(text, row.width(), row.height()));
        }
        return Optional.of(Mask.of(row.width(), row.height(), planes));
    }

    /** The listing with these masks beside its own; cases that the table lacks are left out with a warning. */
    Listing addTo(Listing listing) {
        List<ListedCase> covered = listing.cases().stream()
                .filter(c -> rows.containsKey(key(c.id())))
                .toList();
        List<DatasetProblem> problems = new ArrayList<>(listing.problems());
        int without = listing.cases().size() - covered.size();
        if (covered.isEmpty()) {
            problems.add(DatasetProblem.error(
                    file.getFileName().toString(), "expected masks of the data set's images, found none", null));
        } else if (without > 0) {
            problems.add(DatasetProblem.warning(
                    file.getFileName().toString(),
                    without + " of " + listing.cases().size() + " cases are left out, since they have no mask",
                    null));
        }
        List<String> structures = new ArrayList<>(STRUCTURES);
        structures.addAll(listing.structures());
        return new Listing(
                covered,
                listing.labels(),
                structures,
                listing.grouping(),
                new Masked(listing.pixels(), !listing.structures().isEmpty()),
                listing.identical().stream()
                        .map(same -> same.stream()
                                .filter(id -> rows.containsKey(key(id)))
                                .toList())
                        .filter(same -> same.size() > 1)
                        .toList(),
                listing.facts(),
                listing.notes(),
                problems);
    }

    /** Pictures of a data set with these masks beside its own, which are brought to this table's size. */
    private final class Masked implements Pixels {

        private final Pixels base;
        private final boolean hasMasks;

        Masked(Pixels base, boolean hasMasks) {
            this.base = base;
            this.hasMasks = hasMasks;
        }

        @Override
        public boolean hasImages() {
            return base.hasImages();
        }

        @Override
        public GreyImage image(String id) {
            return base.image(id);
        }

        @Override
        public Mask mask(String id, int width, int height) {
            Mask own = CheXmask.this.mask(id).orElseThrow();
            Map<String, Plane> planes = new TreeMap<>(own.planes());
            if (hasMasks) {
                planes.putAll(base.mask(id, width, height)
                        .resize(own.width(), own.height())
                        .planes());
            }
            return Mask.of(own.width(), own.height(), planes);
        }

        @Override
        public List<Box> boxes(String id) {
            return base.boxes(id);
        }

        @Override
        public String location(String id) {
            return base.location(id);
        }

        @Override
        public long stamp(String id) {
            return FileStamp.and(base.stamp(id), file);
        }
    }
}
