package io.synthray.producer.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.GenerationRequest;
import io.synthray.event.MaskStructure;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengths;
import io.synthray.imaging.mask.Structures;
import io.synthray.producer.study.InvalidStudyException;
import io.synthray.producer.study.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a generation request conditions its image on: structures given, given as absent or left open, and the words that go with them. */
class ConditionsTest {
    private static final int SIDE = 16;
    private static final List<String> CLAVICLES_LEFT_OUT = List.of("left-lung", "right-lung", "heart", "pneumothorax");

    @TempDir
    Path directory;

    @Test
    void aSegmentersTargetsAreGivenAndTheOthersLeftOpen() {
        GenerationRequest request = requests(study("segmentation", "[left-lung, pneumothorax]", "{}"))
                .get(0);
        Map<String, Integer> areas = areas(request);
        assertEquals(new TreeSet<>(List.of("left-lung", "pneumothorax")), areas.keySet());
        assertTrue(areas.get("left-lung") > 0, areas.toString());
    }

    @Test
    void aSubsetOfStructuresIsGivenAndOthersAsAbsent() {
        String masks = "{structures: [left-lung, right-lung], absent: [heart, pneumothorax]}";
        for (String task : List.of("segmentation", "classification")) {
            String targets = task.equals("segmentation") ? "[left-lung, heart]" : "[edema]";
            for (GenerationRequest request : requests(study(task, targets, masks))) {
                Map<String, Integer> areas = areas(request);
                assertEquals(
                        new TreeSet<>(List.of("heart", "left-lung", "pneumothorax", "right-lung")),
                        areas.keySet(),
                        task);
                assertTrue(areas.get("left-lung") > 0 && areas.get("right-lung") > 0, areas.toString());
                assertEquals(0, areas.get("heart"));
                assertEquals(0, areas.get("pneumothorax"));
            }
        }
    }

    /** Of a data set with four structures, where one case has no heart: it is absent there, and clavicles are open everywhere. */
    @Test
    void anEmptyPlaneIsAbsentAndAStructureOfWhichNothingIsKnownIsOpen() throws IOException {
        folder(CLAVICLES_LEFT_OUT, id -> id.equals("b"));
        String given = "{structures: [heart, left-lung]}";
        Map<String, Integer> areas = requests(folderStudy("segmentation", "[heart, left-lung]", given)).stream()
                .map(ConditionsTest::areas)
                .filter(of -> of.get("heart") == 0)
                .findFirst()
                .orElseThrow();
        assertEquals(new TreeSet<>(List.of("heart", "left-lung")), areas.keySet());

        // A classifier's mask is left as open as can be, unless the study names what is given.
        assertTrue(requests(folderStudy("classification", "[edema]", "{}")).stream()
                .anyMatch(request -> !areas(request).containsKey("heart")));
        assertTrue(requests(folderStudy("classification", "[edema]", "{structures: [heart]}")).stream()
                .map(ConditionsTest::areas)
                .allMatch(of -> of.keySet().equals(Set.of("heart"))));
    }

    /** Radiographs of any shape can be used: the mask is stretched with its image, so that workers get squares only. */
    @Test
    void masksAreSquareWhateverTheRadiographsAre() throws IOException {
        folder(List.of("heart"), 2 * SIDE, id -> false);
        for (GenerationRequest request : requests(folderStudy("segmentation", "[heart]", "{}"))) {
            assertEquals(SIDE, request.getMask().getWidth());
            assertEquals(SIDE, request.getMask().getHeight());
            assertEquals(5 * SIDE, areas(request).get("heart"));
        }
    }

    @Test
    void aMirroredMaskHasSidesExchangedInPromptsAndLabels() {
        String plain = sided("0");
        String mirrored = sided("1");
        String half = sided("0.5");
        List<GenerationRequest> straight = requests(plain);
        List<GenerationRequest> turned = requests(mirrored);
        assertEquals(
                List.of("Left pleural effusion.", "no finding"),
                straight.stream().limit(2).map(GenerationRequest::getPrompt).toList());
        assertEquals(
                List.of("Right pleural effusion.", "no finding"),
                turned.stream().limit(2).map(GenerationRequest::getPrompt).toList());
        assertEquals(List.of("left-effusion"), straight.get(0).getLabels());
        assertEquals(List.of("right-effusion"), turned.get(0).getLabels());
        assertEquals("left tube", straight.get(0).getNegativePrompt());
        assertEquals("right tube", turned.get(0).getNegativePrompt());

        // Of a half each request is wholly one or the other, mask and words.
        List<GenerationRequest> either = requests(half);
        long exchanged = 0;
        for (int i = 0; i < either.size(); i++) {
            boolean same = either.get(i).getMask().equals(straight.get(i).getMask());
            GenerationRequest as = same ? straight.get(i) : turned.get(i);
            assertEquals(as.getMask(), either.get(i).getMask());
            assertEquals(as.getPrompt(), either.get(i).getPrompt());
            assertEquals(as.getLabels(), either.get(i).getLabels());
            assertEquals(as.getNegativePrompt(), either.get(i).getNegativePrompt());
            exchanged += same ? 0 : 1;
        }
        // Five standard deviations of a binomial count with n = 40 and p = 1/2.
        assertEquals(20, exchanged, 16);
    }

    @Test
    void trueIsAHalfAndFalseIsNone() {
        assertEquals(hash(sided("0.5")), hash(sided("true")));
        assertEquals(hash(sided("0")), hash(sided("false")));
        long few = requests(sided("0.1")).stream()
                .filter(request -> request.getNegativePrompt().startsWith("right"))
                .count();
        assertTrue(few >= 1 && few <= 12, "mirrored: " + few);
    }

    @Test
    void whatCannotBeIsRefusedWithLineAndColumn() throws IOException {
        refused(
                study("segmentation", "[heart]", "{flip: 1.5}"),
                "arms[0].synthetic.masks.flip: expected true, false or a number from 0 to 1, found 1.5");
        refused(
                study("segmentation", "[heart]", "{structures: [hart, heart]}"),
                "arms[0].synthetic.masks.structures[0]: expected " + String.join(" or ", Structures.DRAWN)
                        + ", found 'hart' (did you mean 'heart'?)");
        refused(
                study("segmentation", "[heart]", "{structures: [left-lung]}"),
                "arms[0].synthetic.masks.structures: expected every target, here or in absent, as the mask is what a segmenter"
                        + " learns from, found none of 'heart'");
        refused(
                study("segmentation", "[heart]", "{structures: [heart], absent: [heart]}"),
                "arms[0].synthetic.masks.absent[0]: expected structures that are not in structures, found 'heart'");
        refused(
                study("classification", "[left-effusion]", "{flip: 0.3}"),
                "arms[0].synthetic.masks.flip: expected targets that have both sides, found 'left-effusion' without"
                        + " 'right-effusion'");
        folder(List.of("left-lung", "heart"), id -> false);
        refused(
                folderStudy("segmentation", "[heart]", "{structures: [heart, chest-tube]}"),
                "arms[0].synthetic.masks.structures[1]: expected a structure of the data set (left-lung, heart), found"
                        + " 'chest-tube'");
        refused(
                folderStudy("segmentation", "[left-lung]", "{flip: 0.2}"),
                "arms[0].synthetic.masks.flip: expected a data set that has both sides of 'left-lung', found none of"
                        + " 'right-lung'");
    }

    private static void refused(String yaml, String expected) {
        var refusal = assertThrows(InvalidStudyException.class, () -> plan(yaml));
        String line = refusal.getMessage();
        assertTrue(line.matches("s\\.yaml:\\d+:\\d+: (?s).*") && line.contains(expected), line);
    }

    private static String study(String task, String targets, String masks) {
        return """
                study: any
                seed: 1
                dataset: {kind: phantom, side: 32, train: 20, test: 2}
                task: %s
                targets: %s
                real-images: 6
                repeats: 1
                arms: [{name: synthetic, synthetic: {images: 6, masks: %s, prompts: [{text: chest}]}}]
                """
                .formatted(task, targets, masks);
    }

    private String folderStudy(String task, String targets, String masks) {
        return study(task, targets, masks)
                .replace(
                        "{kind: phantom, side: 32, train: 20, test: 2}",
                        "{kind: folder, side: 16, path: " + directory + "}")
                .replace("real-images: 6", "real-images: 3");
    }

    /** A study whose prompts and labels have a side. */
    private static String sided(String flip) {
        return """
                study: any
                seed: 1
                dataset: {kind: phantom, side: 32, train: 20, test: 2}
                task: segmentation
                targets: [left-lung, right-lung]
                real-images: 6
                repeats: 1
                arms:
                  - name: synthetic
                    synthetic:
                      images: 40
                      negative-prompt: left tube
                      masks: {rotation: 5, flip: %s}
                      prompts: [{text: Left pleural effusion., labels: [left-effusion]}, {text: no finding}]
                """
                .formatted(flip);
    }

    private static PlannedStudy plan(String yaml) {
        return new Planner().plan(StudyFile.parse(yaml, "s.yaml", Path.of("/")));
    }

    private static String hash(String yaml) {
        return plan(yaml).hash();
    }

    private static List<GenerationRequest> requests(String yaml) {
        return plan(yaml).requests().stream().toList();
    }

    /** Pixels of each structure that a request specifies. */
    private static Map<String, Integer> areas(GenerationRequest request) {
        var mask = request.getMask();
        return mask.getStructures().stream()
                .collect(Collectors.toMap(
                        MaskStructure::getName,
                        structure -> RunLengths.decode(mask.getWidth(), mask.getHeight(), structure.getRuns())
                                .area(),
                        (one, two) -> one,
                        TreeMap::new));
    }

    /** A folder of three train cases and a test case with bars for structures, no heart in some. */
    private void folder(List<String> structures, Predicate<String> heartless) throws IOException {
        folder(structures, SIDE, heartless);
    }

    private void folder(List<String> structures, int height, Predicate<String> heartless) throws IOException {
        Files.createDirectories(directory.resolve("images"));
        Files.createDirectories(directory.resolve("masks"));
        Files.write(directory.resolve("structures.txt"), structures);
        Files.writeString(
                directory.resolve("index.csv"),
                "image_id,split,patient_id,edema\na,train,1,0\nb,train,2,1\nc,train,3,0\nd,test,4,1\n");
        for (String id : List.of("a", "b", "c", "d")) {
            int shade = id.charAt(0);
            GreyImage image = GreyImage.of(SIDE, height, values(shade, height));
            Files.write(directory.resolve("images/" + id + ".png"), Png.encode(image, Map.of()));
            Map<String, Plane> planes = new TreeMap<>();
            structures.forEach(structure -> planes.put(
                    structure,
                    Plane.of(
                            SIDE,
                            height,
                            (x, y) -> x > 4 && x < 10 && !(structure.equals("heart") && heartless.test(id)))));
            Files.write(
                    directory.resolve("masks/" + id + ".png"),
                    BitSetPng.encode(Mask.of(SIDE, height, planes), structures));
        }
    }

    private static float[] values(int shade, int height) {
        float[] values = new float[SIDE * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 + shade) % 256 / 255f;
        }
        return values;
    }
}
