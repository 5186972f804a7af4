package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.csv.CsvRow;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.file.SafeFolder;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.Structures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Any CSV that names image files, with options that say what its columns are. */
final class TableReader implements DatasetReader {

    private static final Set<String> PRESENT = Set.of("1", "1.0", "true", "yes", "y", "positive", "present");
    private static final Set<String> ABSENT = Set.of("", "0", "0.0", "false", "no", "n", "negative", "absent");
    private static final Set<String> UNCERTAIN = Set.of("-1", "-1.0", "u", "uncertain");
    private static final List<String> FILE_COLUMNS =
            List.of("image", "filename", "file", "path", "Image Index", "image_id");

    /** Nothing says of a CSV that it is one of these: it has to be named. */
    @Override
    public boolean recognises(Layout layout) {
        return false;
    }

    @Override
    public Listing read(DatasetSource source) {
        Optional<SafeFolder> folder = Images.folder(source);
        Path table = folder.isPresent() ? table(folder.get(), source) : source.path();
        Reading reading = new Reading(source.options(), table);
        reading.run();
        reading.files(folder, source);
        return reading.listing.build();
    }

    private static Path table(SafeFolder folder, DatasetSource source) {
        String name = source.options().text("index", "index.csv");
        try {
            return folder.file(name)
                    .orElseThrow(() -> DatasetOptions.wrong(
                            "index", "expected the name of a CSV file in the folder, found none there"));
        } catch (UnsafeFileException e) {
            throw DatasetOptions.wrong("index", e.getMessage());
        }
    }

    private static final class Reading {

        private final ListingBuilder listing = new ListingBuilder();
        private final DatasetOptions options;
        private final Path table;
        private final Map<String, String> columns = new HashMap<>();
        private final List<String> labelColumns;
        private final Map<String, String> maskFiles = new HashMap<>();
        private final Map<String, Split> splitWords = new HashMap<>();
        private final Map<String, Long> lines = new HashMap<>();
        private final String structure;

        Reading(DatasetOptions options, Path table) {
            this.options = options;
            this.table = table;
            List<String> header = header(table);
            for (String role : List.of("image", "patient", "study", "split", "view", "sex", "age", "prompt", "mask")) {
                options.text("column." + role)
                        .ifPresent(name -> columns.put(role, present(header, "column." + role, name)));
            }
            columns.computeIfAbsent("image", role -> FILE_COLUMNS.stream()
                    .filter(header::contains)
                    .findFirst()
                    .orElseThrow(() -> DatasetOptions.wrong(
                            "column.image",
                            "expected the column with names of image files, found none of " + FILE_COLUMNS)));
            this.labelColumns = options.words("labels");
            labelColumns.forEach(name -> present(header, "labels", name));
            this.structure = structure(options);
            words("train-words", "train", Split.TRAIN);
            words("validation-words", "validation,val,valid,dev", Split.VALIDATION);
            words("test-words", "test", Split.TEST);
        }

        private static List<String> header(Path table) {
            try {
                return CsvFile.header(table);
            } catch (CsvException | UnsafeFileException e) {
                throw new DatasetException(
                        DatasetProblem.error(table.getFileName().toString(), e.getMessage(), null));
            }
        }

        private static String present(List<String> header, String option, String name) {
            if (!header.contains(name)) {
                throw DatasetOptions.wrong(option, "expected a column of the table, found none of the name");
            }
            return name;
        }

        private static String structure(DatasetOptions options) {
            try {
                return Structures.requireName(options.text("structure", "finding"));
            } catch (IllegalArgumentException e) {
                throw DatasetOptions.wrong("structure", e.getMessage());
            }
        }

        private void words(String option, String standard, Split split) {
            for (String word : options.text(option, standard).split(",", -1)) {
                splitWords.put(word.strip().toLowerCase(Locale.ROOT), split);
            }
        }

        void run() {
            listing.labels(labelColumns.stream().map(Reading::label).toList());
            listing.structures(columns.containsKey("mask") ? List.of(structure) : List.of());
            listing.grouping(
                    columns.containsKey("patient")
                            ? Grouping.PATIENT
                            : columns.containsKey("study") ? Grouping.STUDY : Grouping.IMAGE_ONLY);
            listing.read(table, List.of(columns.get("image")), this::row);
            listing.fact("files", "rows", lines.size());
        }

        private static String label(String column) {
            return column.strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-+|-+$", "");
        }

        private void row(CsvRow row) {
            String id = row.get(columns.get("image"));
            Long earlier = lines.putIfAbsent(id, row.line());
            if (id.isEmpty() || earlier != null) {
                listing.error(
                        table,
                        row.line(),
                        columns.get("image") + ": expected an image of its own, found "
                                + (id.isEmpty() ? "none" : "that of line " + earlier));
                return;
            }
            String patient = field(row, "patient");
            String study = field(row, "study");
            if (columns.containsKey("patient") && patient.isEmpty()) {
                listing.error(table, row.line(), columns.get("patient") + ": expected a patient's id, found none");
                return;
            }
            if (columns.containsKey("mask")) {
                maskFiles.put(id, field(row, "mask"));
            }
            listing.add(new ListedCase(
                    id,
                    patient.isEmpty() ? null : patient,
                    !patient.isEmpty() ? patient : !study.isEmpty() ? study : id,
                    split(row),
                    field(row, "view").toUpperCase(Locale.ROOT),
                    listing.person(field(row, "sex"), field(row, "age")),
                    listing.labels(labels(row)),
                    columns.containsKey("prompt") ? field(row, "prompt") : null));
        }

        private String field(CsvRow row, String role) {
            String column = columns.get(role);
            return column == null ? "" : row.get(column);
        }

        private Split split(CsvRow row) {
            if (!columns.containsKey("split")) {
                return null;
            }
            Split split = splitWords.get(field(row, "split").toLowerCase(Locale.ROOT));
            if (split == null) {
                listing.error(
                        table,
                        row.line(),
                        columns.get("split")
                                + ": expected one of the words for train, validation and test, found another");
                return Split.TRAIN;
            }
            return split;
        }

        private Boolean[] labels(CsvRow row) {
            Boolean[] labels = new Boolean[labelColumns.size()];
            for (int i = 0; i < labels.length; i++) {
                String column = labelColumns.get(i);
                String value = row.get(column).toLowerCase(Locale.ROOT);
                if (PRESENT.contains(value)) {
                    labels[i] = Boolean.TRUE;
                } else if (UNCERTAIN.contains(value)) {
                    labels[i] = options.uncertainty(label(column)).label();
                } else {
                    labels[i] = Boolean.FALSE;
                    if (!ABSENT.contains(value)) {
                        listing.error(
                                table,
                                row.line(),
                                column + ": expected 0, 1 or -1 (or a word for it), found another value");
                    }
                }
            }
            return labels;
        }

        void files(Optional<SafeFolder> folder, DatasetSource source) {
            Optional<SafeFolder> images = folder.map(this::images);
            images.ifPresent(of -> Images.require(of, id -> id, listing, source));
            listing.pixels(new FilePixels(
                    images, id -> id, (id, width, height) -> mask(folder, id, width, height), FilePixels::noBoxes));
        }

        private SafeFolder images(SafeFolder folder) {
            Optional<String> sub = options.text("images");
            if (sub.isPresent()) {
                try {
                    return folder.folder(sub.get())
                            .orElseThrow(() ->
                                    DatasetOptions.wrong("images", "expected a folder in the data set, found none"));
                } catch (UnsafeFileException e) {
                    throw DatasetOptions.wrong("images", e.getMessage());
                }
            }
            return folder;
        }

        private Mask mask(Optional<SafeFolder> folder, String id, int width, int height) {
            String name = maskFiles.get(id);
            if (name == null || name.isEmpty() || folder.isEmpty()) {
                return Mask.of(width, height, Map.of(structure, Plane.union(width, height, new ArrayList<>())));
            }
            try {
                Path file = folder.get()
                        .file(name)
                        .orElseThrow(() -> new ImageFormatException("expected a mask, found none"));
                GreyImage grey = Radiograph.read(file);
                Plane plane = Plane.of(grey.width(), grey.height(), (x, y) -> grey.at(x, y) > 0);
                return Mask.of(grey.width(), grey.height(), Map.of(structure, plane));
            } catch (UnsafeFileException e) {
                throw new ImageFormatException("", e.getMessage(), e);
            }
        }
    }
}
