package io.synthray.imaging.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.dataset.CaseKey;
import io.synthray.imaging.dataset.Fact;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengths;
import io.synthray.imaging.reader.CheXmask;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.awt.Polygon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published label files: their counts, and their masks beside those of pandas and numpy. */
class LabelFilesTest {

    private static final Path CHEXPERT = Path.of("labels/chexpert_train.csv.gz");
    private static final Path SIIM = Path.of("labels/siim-pneumothorax-train-rle.csv.gz");
    private static final Path RSNA = Path.of("labels/kaggle_stage_2_train_labels.csv.zip");
    private static final Path CHEXMASK = Path.of("labels/chexmask-candid-ptx.csv.gz");

    private static Listing list(Path name, Map<String, String> options) {
        Path file = PythonReference.data(name.toString());
        DatasetKind kind = Datasets.recognise(file).orElseThrow();
        return Datasets.list(new DatasetSource(kind, file, DatasetOptions.of(options)));
    }

    private static Map<String, Long> facts(Listing listing, String section) {
        return listing.facts().stream()
                .filter(fact -> fact.section().startsWith(section))
                .collect(Collectors.toMap(Fact::name, Fact::count, (a, b) -> a, TreeMap::new));
    }

    @Test
    void cheXpertHasTheCountsOfItsPublication() {
        Listing listing = list(CHEXPERT, Map.of());
        assertEquals(List.of(), listing.problems());
        assertEquals(Map.of("rows", 223_414L, "patients", 64_540L, "frontal rows", 191_027L), facts(listing, "files"));
        Map<String, Long> views = facts(listing, "rows by view");
        assertEquals(Map.of("AP", 161_590L, "PA", 29_420L, "LL", 16L, "RL", 1L, "LATERAL", 223_414L - 191_027L), views);
        assertEquals(
                Map.of("0", 67_226L, "1", 70_206L, "2", 39_982L, "3", 12_009L, "4", 1_555L, "5", 49L),
                facts(listing, "frontal rows by number"));
        assertEquals(191_027, listing.cases().size());
        assertEquals(Grouping.PATIENT, listing.grouping());
        assertTrue(listing.notes().get(0).contains("191,229"), listing.notes().toString());
        assertTrue(listing.notes().get(0).contains("235"), listing.notes().toString());
    }

    @Test
    void cheXpertAgreesWithPandas() throws IOException, InterruptedException {
        Listing zeros = list(CHEXPERT, Map.of());
        Listing ones = list(CHEXPERT, Map.of("uncertain", "ones"));
        Listing mixed = list(CHEXPERT, Map.of("uncertain", "ignore", "uncertain.edema", "ones"));
        Map<String, Long> byPositives = zeros.cases().stream()
                .collect(Collectors.groupingBy(c -> "" + c.labels().present().size(), Collectors.counting()));
        for (String line : PythonReference.run("chexpert", PythonReference.data(CHEXPERT.toString()))) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "rows", "patients" ->
                    assertEquals(Long.parseLong(words[1]), facts(zeros, "files").get(words[0]), line);
                case "frontal" ->
                    assertEquals(Long.parseLong(words[1]), zeros.cases().size(), line);
                case "view" ->
                    assertEquals(
                            Long.parseLong(words[2]),
                            facts(zeros, "rows by view").get(words[1]),
                            line);
                case "positives" -> assertEquals(Long.parseLong(words[2]), byPositives.get(words[1]), line);
                default -> {
                    long positive = Long.parseLong(words[2]);
                    long uncertain = Long.parseLong(words[3]);
                    assertEquals(positive, count(zeros, words[1], Boolean.TRUE), line);
                    assertEquals(0, count(zeros, words[1], null), line);
                    assertEquals(positive + uncertain, count(ones, words[1], Boolean.TRUE), line);
                    boolean edema = words[1].equals("edema");
                    assertEquals(positive + (edema ? uncertain : 0), count(mixed, words[1], Boolean.TRUE), line);
                    assertEquals(edema ? 0 : uncertain, count(mixed, words[1], null), line);
                }
            }
        }
    }

    private static long count(Listing listing, String label, Boolean value) {
        int at = listing.labels().indexOf(label);
        assertTrue(at >= 0, label);
        return listing.cases().stream()
                .filter(c -> value == null
                        ? c.labels().get(label) == null
                        : value.equals(c.labels().get(label)))
                .count();
    }

    @Test
    void cheXpertHasFourteenFindingsAndViews() {
        Listing all = list(CHEXPERT, Map.of("findings", "all", "views", "all"));
        assertEquals(223_414, all.cases().size());
        assertEquals(14, all.labels().size());
        assertEquals(29_420, list(CHEXPERT, Map.of("views", "pa")).cases().size());
        assertEquals(32_387, list(CHEXPERT, Map.of("views", "lateral")).cases().size());
    }

    @Test
    void siimHasTheCountsOfStage2() {
        Listing listing = list(SIIM, Map.of());
        assertEquals(List.of(), listing.problems());
        assertEquals(
                Map.of(
                        "rows",
                        12_954L,
                        "images",
                        12_047L,
                        "negative images",
                        9_378L,
                        "positive images",
                        2_669L,
                        "positive rows",
                        3_576L),
                facts(listing, "files"));
        assertEquals(Grouping.IMAGE_ONLY, listing.grouping());
        assertTrue(listing.notes().get(0).contains("2,379"), listing.notes().toString());
    }

    @Test
    void rsnaHasTheCountsOfStage2() {
        Listing listing = list(RSNA, Map.of());
        assertEquals(List.of(), listing.problems());
        assertEquals(
                Map.of("rows", 30_227L, "images (patientId)", 26_684L, "positive images", 6_012L, "boxes", 9_555L),
                facts(listing, "files"));
        assertEquals(Grouping.IMAGE_ONLY, listing.grouping());
    }

    @Test
    void siimMasksAgreeWithTheChallengesDecoder() throws IOException, InterruptedException {
        assertMasks(SIIM, "siim", "pneumothorax");
    }

    /** Read along the rows instead of the columns, their centres would lie left of the spine: 260 instead of 430. */
    @Test
    void siimMasksLieInTheChest() throws IOException {
        Path file = PythonReference.data(SIIM.toString());
        Function<String, Mask> masks = Masks.ofLabels(file);
        double[] across = new double[1];
        int[] count = new int[2];
        for (ListedCase listed : list(SIIM, Map.of()).cases()) {
            if (listed.labels().get("pneumothorax")) {
                String[] moments = moments(
                                masks.apply(listed.id()).plane("pneumothorax").orElseThrow())
                        .split(" ", -1);
                double x = Double.parseDouble(moments[1]) / Double.parseDouble(moments[0]);
                double y = Double.parseDouble(moments[2]) / Double.parseDouble(moments[0]);
                across[0] += x;
                count[0]++;
                count[1] += Math.abs(x - 512) < 400 && y > 50 && y < 850 ? 1 : 0;
            }
        }
        assertEquals(2_669, count[0]);
        assertTrue(count[1] > 0.97 * count[0], "centres within the chest: " + count[1]);
        assertEquals(450, across[0] / count[0], 60);
    }

    @Test
    void rsnaBoxesAgreeWithNumpy() throws IOException, InterruptedException {
        assertMasks(RSNA, "rsna", "pneumonia");
    }

    private static void assertMasks(Path name, String command, String structure)
            throws IOException, InterruptedException {
        Path file = PythonReference.data(name.toString());
        Map<String, ListedCase> cases =
                list(name, Map.of()).cases().stream().collect(Collectors.toMap(ListedCase::id, Function.identity()));
        Function<String, Mask> masks = Masks.ofLabels(file);
        List<String> lines = PythonReference.run(command, file);
        assertEquals(cases.size(), lines.size());
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            Plane plane = masks.apply(words[0]).plane(structure).orElseThrow();
            assertEquals(line, words[0] + " " + moments(plane));
            assertEquals(plane.area() > 0, cases.get(words[0]).labels().get(structure), CaseKey.of(words[0]));
        }
    }

    private static String moments(Plane plane) {
        long columns = 0;
        long rows = 0;
        int at = 0;
        boolean inside = false;
        for (int run : RunLengths.encode(plane)) {
            for (int i = at; inside && i < at + run; i++) {
                columns += i % plane.width();
                rows += i / plane.width();
            }
            at += run;
            inside = !inside;
        }
        return plane.area() + " " + columns + " " + rows;
    }

    @Test
    void cheXmaskAgreesWithNumpy() throws IOException, InterruptedException {
        Path file = PythonReference.data(CHEXMASK.toString());
        CheXmask masks = CheXmask.open(file);
        assertEquals(50, masks.size());
        for (String line : PythonReference.run("chexmask", file)) {
            String id = line.substring(0, line.indexOf(' '));
            Mask mask = masks.mask(id).orElseThrow();
            assertEquals(
                    line,
                    id + " "
                            + List.of("left-lung", "right-lung", "heart").stream()
                                    .map(structure ->
                                            moments(mask.plane(structure).orElseThrow()))
                                    .collect(Collectors.joining(" ")));
        }
    }

    /** CheXmask's landmarks: 44 of the right lung, 50 of the left, 26 of the heart. */
    @Test
    void cheXmaskDecodesToTheAreasThatItsLandmarksOutline() {
        Path file = PythonReference.data(CHEXMASK.toString());
        CheXmask masks = CheXmask.open(file);
        int[] rows = new int[1];
        io.synthray.imaging.csv.CsvFile.read(file, header -> {}, row -> {
            int[] at = Arrays.stream(row.get("Landmarks").split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            Mask mask = masks.mask(row.get("ImageID")).orElseThrow();
            assertOverlap(mask.plane("right-lung").orElseThrow(), at, 0, 44);
            assertOverlap(mask.plane("left-lung").orElseThrow(), at, 44, 94);
            assertOverlap(mask.plane("heart").orElseThrow(), at, 94, 120);
            rows[0]++;
        });
        assertEquals(50, rows[0]);
    }

    private static void assertOverlap(Plane plane, int[] coordinates, int from, int to) {
        Polygon outline = new Polygon();
        for (int i = from; i < to; i++) {
            outline.addPoint(coordinates[2 * i], coordinates[2 * i + 1]);
        }
        Plane outlined = Plane.of(plane.width(), plane.height(), outline::contains);
        int common = plane.area()
                + outlined.area()
                - Plane.union(plane.width(), plane.height(), List.of(plane, outlined))
                        .area();
        double dice = 2.0 * common / (plane.area() + outlined.area());
        assertTrue(dice > 0.98, "Dice of run-lengths and landmarks: " + dice);
    }
}
