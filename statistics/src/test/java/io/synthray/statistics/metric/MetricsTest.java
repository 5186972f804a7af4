package io.synthray.statistics.metric;

import static io.synthray.statistics.fixture.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.synthray.statistics.fixture.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against scikit-learn (1e-12) and MONAI (1e-6, single precision). */
class MetricsTest {
    static Stream<JsonNode> scores() {
        return Reference.cases("metrics", "scores");
    }

    static Stream<JsonNode> masks() {
        return Reference.cases("metrics", "masks");
    }

    @ParameterizedTest
    @MethodSource("scores")
    void scoresAreThoseOfScikitLearn(JsonNode each) {
        double[] scores = Reference.array(each.path("scores"));
        boolean[] truth = Reference.flags(each.path("truth"));
        Confusion counts = Confusion.at(scores, truth, each.path("threshold").doubleValue());
        close(each, "f1", counts.f1());
        close(each, "sensitivity", counts.sensitivity().getAsDouble());
        close(each, "specificity", counts.specificity().getAsDouble());
        close(each, "precision", counts.precision().orElse(0));
        Ranking ranking = Ranking.of(scores, truth);
        close(each, "auroc", ranking.auroc().getAsDouble());
        close(each, "auprc", ranking.auprc().getAsDouble());
        close(
                each,
                "calibration",
                Calibration.expectedError(scores, truth, each.path("bins").intValue()));
        double threshold = Threshold.ofLargestF1(scores, truth);
        close(each, "largestF1", Confusion.at(scores, truth, threshold).f1());
    }

    @Test
    void f1OverClassesIsThatOfScikitLearn() {
        JsonNode each = Reference.root("metrics").path("classes");
        List<Confusion> classes = new ArrayList<>();
        for (int c = 0; c < each.path("truth").size(); c++) {
            classes.add(Confusion.at(
                    Reference.array(each.path("scores").get(c)),
                    Reference.flags(each.path("truth").get(c)),
                    0.5));
        }
        F1 f1 = F1.of(classes);
        List<Double> theirs = Reference.numbers(each.path("perClass"));
        for (int c = 0; c < theirs.size(); c++) {
            assertRelative(theirs.get(c), f1.perClass().get(c), 1e-12, c);
        }
        close(each, "macro", f1.macro());
        close(each, "micro", f1.micro());
    }

    @ParameterizedTest
    @MethodSource("masks")
    void overlapAndDistancesAreThoseOfMonai(JsonNode each) {
        boolean[] predicted = mask(each.path("predicted").textValue());
        boolean[] truth = mask(each.path("truth").textValue());
        Overlap overlap = Overlap.of(predicted, truth);
        assertRelative(each.path("dice").doubleValue(), overlap.dice(), 1e-6, "dice");
        assertRelative(each.path("iou").doubleValue(), overlap.iou(), 1e-6, "iou");
        SurfaceDistances distances = SurfaceDistances.of(
                predicted,
                truth,
                each.path("width").intValue(),
                each.path("pixelWidth").doubleValue(),
                each.path("pixelHeight").doubleValue());
        assertRelative(each.path("hausdorff95").doubleValue(), distances.hausdorff95(), 1e-6, "hausdorff95");
        assertRelative(each.path("mean").doubleValue(), distances.mean(), 1e-6, "mean");
    }

    @Test
    void aClassThatIsMissingHasNoArea() {
        double[] scores = {0.2, 0.8};
        assertTrue(Ranking.of(scores, new boolean[] {true, true}).auroc().isEmpty());
        assertEquals(1, Ranking.of(scores, new boolean[] {true, true}).auprc().getAsDouble());
        assertTrue(Ranking.of(scores, new boolean[2]).auprc().isEmpty());
        Confusion none = Confusion.at(scores, new boolean[2], 0.9);
        assertEquals(0, none.f1());
        assertTrue(none.sensitivity().isEmpty());
        assertTrue(none.precision().isEmpty());
        assertEquals(1, none.specificity().getAsDouble());
        assertEquals(Double.POSITIVE_INFINITY, Threshold.ofLargestF1(scores, new boolean[2]));
    }

    @Test
    void emptyMasksAgreeAndAMissedStructureIsTheWorst() {
        boolean[] empty = new boolean[12];
        boolean[] dot = new boolean[12];
        dot[5] = true;
        assertEquals(new Overlap(1, 1), Overlap.of(empty, empty));
        assertEquals(new SurfaceDistances(0, 0), SurfaceDistances.of(empty, empty, 4, 1, 1));
        assertEquals(new Overlap(0, 0), Overlap.of(empty, dot));
        assertEquals(new SurfaceDistances(5, 5), SurfaceDistances.of(dot, empty, 4, 1, 1));
        assertEquals(new SurfaceDistances(0, 0), SurfaceDistances.of(dot, dot, 4, 1, 1));
    }

    @Test
    void refusesWhatDoesNotMatch() {
        assertThrows(IllegalArgumentException.class, () -> Ranking.of(new double[2], new boolean[3]));
        assertThrows(
                IllegalArgumentException.class, () -> Confusion.at(new double[] {Double.NaN}, new boolean[1], 0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> Calibration.expectedError(new double[] {1.5}, new boolean[1], 10));
        assertThrows(
                IllegalArgumentException.class, () -> SurfaceDistances.of(new boolean[12], new boolean[12], 5, 1, 1));
    }

    private static boolean[] mask(String digits) {
        boolean[] mask = new boolean[digits.length()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = digits.charAt(i) == '1';
        }
        return mask;
    }

    private static void close(JsonNode expected, String key, double actual) {
        assertRelative(expected.path(key).doubleValue(), actual, 1e-12, key);
    }
}
