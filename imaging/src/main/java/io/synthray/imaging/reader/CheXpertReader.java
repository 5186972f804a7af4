package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvRow;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Pixels;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.file.SafeFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CheXpert as Stanford distributes it, full size or small. Its valid.csv is the test split here, as in the paper whose experiment this
 * project repeats: the test set that was published later is another download. A blank label counts as absent.
 */
final class CheXpertReader implements DatasetReader {

    private static final List<String> FINDINGS = List.of(
            "No Finding",
            "Enlarged Cardiomediastinum",
            "Cardiomegaly",
            "Lung Opacity",
            "Lung Lesion",
            "Edema",
            "Consolidation",
            "Pneumonia",
            "Atelectasis",
            "Pneumothorax",
            "Pleural Effusion",
            "Pleural Other",
            "Fracture",
            "Support Devices");

    /** The findings of the competition (Irvin et al. 2019, section 2.3). */
    static final List<String> COMPETITION =
            List.of("Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Pleural Effusion");

    private static final List<String> COLUMNS = List.of("Path", "Frontal/Lateral", "AP/PA");
    private static final Pattern PATH = Pattern.compile(
            "(?:CheXpert[^/]{0,40}/)?((train|valid)/(patient[0-9]{1,9})/(study[0-9]{1,9})/view[0-9]{1,9}_(?:frontal|lateral)\\.(?:jpg|png))");

    @Override
    public boolean recognises(Layout layout) {
        if (layout.isFile()) {
            return layout.columns().containsAll(COLUMNS);
        }
        return new Layout(root(layout))
                .file("train.csv").map(Layout::new).stream()
                        .anyMatch(train -> train.columns().containsAll(COLUMNS));
    }

    /** The folder itself, or the one in it that the archive unpacks to. */
    private static Path root(Layout layout) {
        if (layout.has("train.csv")) {
            return layout.path();
        }
        for (String name : List.of("CheXpert-v1.0-small", "CheXpert-v1.0")) {
            Path inner = layout.path().resolve(name);
            if (new Layout(inner).has("train.csv")) {
                return inner;
            }
        }
        return layout.path();
    }

    @Override
    public Listing read(DatasetSource source) {
        List<String> findings = source.options()
                        .word("findings", "competition", "competition", "all")
                        .equals("all")
                ? FINDINGS
                : COMPETITION;
        Reading reading = new Reading(source.options(), findings);
        Optional<SafeFolder> folder = Images.folder(source);
        if (folder.isEmpty()) {
            reading.read(source.path());
            reading.listing.pixels(pixels(folder));
            return reading.build();
        }
        Path root = root(new Layout(source.path()));
        Layout layout = new Layout(root);
        reading.read(layout.file("train.csv")
                .orElseThrow(() -> new DatasetException(
                        DatasetProblem.error(root.toString(), "expected train.csv, found none", null))));
        layout.file("valid.csv").ifPresent(reading::read);
        SafeFolder images = SafeFolder.of(root);
        reading.listing.pixels(pixels(Optional.of(images)));
        Images.require(images, id -> id, reading.listing, source);
        return reading.build();
    }

    private static Pixels pixels(Optional<SafeFolder> folder) {
        return new FilePixels(folder, id -> id, FilePixels::noMask, FilePixels::noBoxes);
    }

    /** One reading of the label files: cases and counts. */
    private static final class Reading {

        private final ListingBuilder listing = new ListingBuilder();
        private final Map<String, Uncertainty> policies = new TreeMap<>();
        private final List<String> findings;
        private final String views;
        private final Map<String, Long> rowsByView = new TreeMap<>();
        private final Set<String> patients = new HashSet<>();
        private final Set<String> seen = new HashSet<>();
        private final long[] positives = new long[COMPETITION.size() + 1];
        private final Map<String, long[]> values = new TreeMap<>();
        private long rows;
        private long frontal;
        private Path file;

        Reading(DatasetOptions options, List<String> findings) {
            this.findings = findings;
            this.views = options.word("views", "frontal", "frontal", "ap", "pa", "lateral", "all");
            listing.labels(findings.stream().map(CheXpertReader::label).toList())
                    .grouping(Grouping.PATIENT);
            for (String finding : findings) {
                policies.put(finding, options.uncertainty(label(finding)));
            }
        }

        void read(Path csv) {
            file = csv;
            List<String> needed = new ArrayList<>(COLUMNS);
            needed.addAll(FINDINGS);
            listing.read(csv, needed, this::row);
        }

        private void row(CsvRow row) {
            rows++;
            Matcher path = PATH.matcher(row.get("Path"));
            if (!path.matches()) {
                listing.error(
                        file, row.line(), "Path: expected train or valid, patient, study and view, found another path");
                return;
            }
            if (!seen.add(path.group(1))) {
                listing.error(file, row.line(), "Path: expected each image once, found one a second time");
                return;
            }
            patients.add(path.group(3));
            boolean isFrontal = row.get("Frontal/Lateral").equals("Frontal");
            String position = isFrontal ? row.get("AP/PA") : "LATERAL";
            rowsByView.merge(position.isEmpty() ? "frontal, not known" : position, 1L, Long::sum);
            if (isFrontal) {
                frontal++;
                count(row);
            }
            if (isWanted(isFrontal, position)) {
                listing.add(new ListedCase(
                        path.group(1),
                        path.group(3),
                        path.group(3),
                        path.group(2).equals("train") ? Split.TRAIN : Split.TEST,
                        position,
                        listing.person(row.get("Sex"), row.get("Age")),
                        listing.labels(labels(row)),
                        null));
            }
        }

        private boolean isWanted(boolean isFrontal, String position) {
            return switch (views) {
                case "frontal" -> isFrontal;
                case "lateral" -> !isFrontal;
                case "all" -> true;
                default -> position.equals(views.toUpperCase(Locale.ROOT));
            };
        }

        private Boolean[] labels(CsvRow row) {
            Boolean[] labels = new Boolean[findings.size()];
            for (int i = 0; i < labels.length; i++) {
                String finding = findings.get(i);
                labels[i] = present(row, finding, row.get(finding));
            }
            return labels;
        }

        private Boolean present(CsvRow row, String finding, String value) {
            switch (value) {
                case "1.0", "1":
                    return Boolean.TRUE;
                case "", "0.0", "0":
                    return Boolean.FALSE;
                case "-1.0", "-1":
                    return policies.get(finding).label();
                default:
                    listing.error(
                            file, row.line(), finding + ": expected 1.0, 0.0, -1.0 or nothing, found another value");
                    return Boolean.FALSE;
            }
        }

        private void count(CsvRow row) {
            int present = 0;
            for (String finding : COMPETITION) {
                String value = row.get(finding);
                long[] counts = values.computeIfAbsent(finding, f -> new long[4]);
                if (value.startsWith("1")) {
                    present++;
                    counts[0]++;
                } else {
                    counts[value.isEmpty() ? 3 : value.startsWith("-") ? 2 : 1]++;
                }
            }
            positives[present]++;
        }

        Listing build() {
            listing.fact("files", "rows", rows);
            listing.fact("files", "patients", patients.size());
            listing.fact("files", "frontal rows", frontal);
            rowsByView.forEach((view, count) -> listing.fact("rows by view", view, count));
            for (int i = 0; i < positives.length; i++) {
                listing.fact(
                        "frontal rows by number of positive findings of the five, uncertain not counted",
                        Integer.toString(i),
                        positives[i]);
            }
            values.forEach((finding, counts) -> {
                String section = "frontal rows: " + finding;
                listing.fact(section, "positive", counts[0]);
                listing.fact(section, "negative", counts[1]);
                listing.fact(section, "uncertain", counts[2]);
                listing.fact(section, "not mentioned", counts[3]);
            });
            listing.note(
                    "Prakash et al. count 191,229 train images: these are the 191,027 frontal images of train.csv and the 202 of"
                            + " valid.csv together. Their 235 test images are in no file: valid.csv has 234 images (235 lines with its"
                            + " header), 202 of them frontal; the test set that was published later has 668 images of 500 patients.");
            listing.note(
                    "valid.csv is the test split here. A label that is not mentioned counts as absent; what an uncertain one counts"
                            + " as is the option 'uncertain'.");
            return listing.build();
        }
    }

    static String label(String finding) {
        return finding.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
