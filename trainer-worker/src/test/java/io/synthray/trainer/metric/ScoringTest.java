package io.synthray.trainer.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.TargetDecisions;
import io.synthray.event.Task;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reference by scikit-learn and SciPy, src/test/python/reference_scores.py. */
class ScoringTest {
    private static final int CASES = 12;
    private static final int CLASSES = 4;
    private static final int PIXELS = 25;

    private final JsonNode reference = reference();

    @Test
    void f1IsThatOfScikitLearn() {
        List<TestCase> test = new ArrayList<>();
        float[] probabilities = new float[CASES * CLASSES];
        for (int c = 0; c < CASES; c++) {
            float[] labels = new float[CLASSES];
            for (int k = 0; k < CLASSES; k++) {
                int i = c * CLASSES + k;
                probabilities[i] = k == 3 ? 0.2f : probability(i);
                labels[k] = k == 3 ? 0 : truth(i);
            }
            test.add(new TestCase("case" + c, new Example(new float[0], new float[0][], labels)));
        }
        List<String> classes = List.of("a", "b", "c", "never");
        TestScores scores = Scoring.of(Task.CLASSIFICATION, classes, test, probabilities);
        assertMetric("f1", null, reference.get("f1Macro"), scores.metrics().get(0));
        assertMetric(
                "f1-micro",
                null,
                reference.get("f1Micro"),
                scores.metrics().get(scores.metrics().size() - 1));
        for (int k = 0; k < CLASSES; k++) {
            assertMetric(
                    "f1",
                    classes.get(k),
                    reference.get("f1").get(k),
                    scores.metrics().get(k + 1));
        }
        assertEquals(CASES * CLASSES, scores.cases().size());
        CaseResult third = scores.cases().get(2);
        assertEquals(
                new CaseResult("case0", "c", (double) probability(2), (int) truth(2), "case0", probability(2) >= 0.5),
                third);
    }

    @Test
    void diceIsThatOfScikitLearn() {
        List<TestCase> test = new ArrayList<>();
        float[] probabilities = new float[CASES * 2 * PIXELS];
        for (int c = 0; c < CASES; c++) {
            float[][] planes = new float[2][PIXELS];
            for (int i = 0; i < 2 * PIXELS; i++) {
                planes[i / PIXELS][i % PIXELS] = truth(c * 2 * PIXELS + i);
                probabilities[c * 2 * PIXELS + i] = probability(c * 2 * PIXELS + i);
            }
            test.add(new TestCase("case" + c, new Example(new float[0], planes, new float[0])));
        }
        TestScores scores = Scoring.of(Task.SEGMENTATION, List.of("left-lung", "heart"), test, probabilities);
        assertMetric("dice", null, reference.get("diceMean"), scores.metrics().get(0));
        Decision halves = Decision.halves(2, false);
        assertEquals(
                scores.overall(),
                Scoring.overall(Task.SEGMENTATION, List.of("left-lung", "heart"), test, probabilities, halves));
        assertMetric(
                "dice",
                "left-lung",
                reference.get("diceMeans").get(0),
                scores.metrics().get(1));
        assertMetric(
                "dice",
                "heart",
                reference.get("diceMeans").get(1),
                scores.metrics().get(2));
        for (int i = 0; i < CASES * 2; i++) {
            CaseResult result = scores.cases().get(i);
            assertEquals("case" + i / 2, result.getCase$());
            assertEquals(reference.get("dice").get(i / 2).get(i % 2).asDouble(), result.getValue(), 1e-12);
            assertNull(result.getTruth());
        }
    }

    @Test
    void emptyStructuresAgree() {
        assertEquals(1, dice(new float[] {0.1f, 0.49f, 0, 0}, 0, 0, 0, 0));
        assertEquals(0, dice(new float[] {0.1f, 0.5f, 0, 0}, 0, 0, 0, 0));
        assertEquals(0, dice(new float[] {0.1f, 0.2f, 0, 0}, 1, 0, 0, 0));
        assertEquals(2.0 / 3, dice(new float[] {0.5f, 0.9f, 0, 0}, 1, 0, 0, 0));
    }

    private static double dice(float[] probabilities, float... plane) {
        TestCase only = new TestCase("case", new Example(new float[0], new float[][] {plane}, new float[0]));
        return Scoring.of(Task.SEGMENTATION, List.of("heart"), List.of(only), probabilities)
                .overall();
    }

    /** Every case has the class, or none has: what scikit-learn does not define, or only with a warning, is left out. */
    @Test
    void testSetsOfOneClassHaveTheFiguresOfScikitLearn() {
        assertEquals(3, reference.get("oneClass").size());
        for (JsonNode each : reference.get("oneClass")) {
            List<TestCase> test = new ArrayList<>();
            float[] probabilities = new float[each.get("truth").size()];
            boolean present = each.get("truth").get(0).asInt() == 1;
            for (int c = 0; c < probabilities.length; c++) {
                probabilities[c] = (float) each.get("scores").get(c).asDouble();
                test.add(new TestCase(
                        "case" + c, new Example(new float[0], new float[0][], new float[] {present ? 1 : 0})));
            }
            TestScores scores = Scoring.of(Task.CLASSIFICATION, List.of("only"), test, probabilities);
            for (String name : List.of("f1", "auroc", "auprc", "sensitivity", "specificity", "precision")) {
                // scikit-learn says 0 without a positive case, and warns that it means nothing.
                boolean defined = !each.get(name).isNull() && (present || !name.equals("auprc"));
                List<Double> expected = defined ? List.of(each.get(name).asDouble()) : List.of();
                assertEquals(expected, values(scores, name, "only"), name + " of " + each);
                assertEquals(expected, values(scores, name, null), "mean " + name + " of " + each);
            }
        }
    }

    private static List<Double> values(TestScores scores, String name, String target) {
        return scores.metrics().stream()
                .filter(m -> m.getName().equals(name) && Objects.equals(m.getTarget(), target))
                .map(Metric::getValue)
                .toList();
    }

    /** Overlap by scikit-learn, distances by SciPy; where one mask alone is empty the image's diagonal stands in for a distance that nobody defines. */
    @Test
    void emptyMasksAndSmallOnesHaveTheFiguresOfScikitLearnAndSciPy() {
        assertEquals(6, reference.get("masks").size());
        for (JsonNode each : reference.get("masks")) {
            float[] predicted = mask(each.get("predicted").asText());
            float[] truth = mask(each.get("truth").asText());
            TestCase only = new TestCase("case", new Example(new float[0], new float[][] {truth}, new float[0]));
            TestScores scores = Scoring.of(Task.SEGMENTATION, List.of("heart"), List.of(only), predicted);
            boolean agree = Arrays.equals(predicted, truth);
            for (String name : List.of("dice", "iou", "hd95", "surface-distance")) {
                JsonNode value = each.get(name);
                double expected = value.isNull() ? agree ? 0 : 6 * Math.sqrt(2) : value.asDouble();
                assertEquals(expected, values(scores, name, "heart").get(0), 1e-12, name + " of " + each);
            }
        }
    }

    private static float[] mask(String bits) {
        float[] mask = new float[bits.length()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = bits.charAt(i) - '0';
        }
        return mask;
    }

    @Test
    void whatIsNotDefinedIsLeftOut() {
        List<TestCase> test = List.of(
                new TestCase("a", new Example(new float[0], new float[0][], new float[] {0, Float.NaN})),
                new TestCase("b", new Example(new float[0], new float[0][], new float[] {0, 1})));
        TestScores scores =
                Scoring.of(Task.CLASSIFICATION, List.of("never", "edema"), test, new float[] {0.2f, 0.9f, 0.7f, 0.4f});
        List<String> never = scores.metrics().stream()
                .filter(m -> "never".equals(m.getTarget()))
                .map(Metric::getName)
                .toList();
        assertEquals(List.of("f1", "specificity", "precision", "accuracy", "calibration-error"), never);
        assertEquals(3, scores.cases().size());
        assertEquals(
                List.of(
                        new TargetDecisions("never", 0.5, 0L, 1L, 0L, 1L),
                        new TargetDecisions("edema", 0.5, 0L, 0L, 1L, 0L)),
                scores.decisions());
    }

    @Test
    void aClassOfWhichNoCaseIsKnownIsInNoMean() {
        List<TestCase> test = List.of(
                new TestCase("a", new Example(new float[0], new float[0][], new float[] {Float.NaN, 0})),
                new TestCase("b", new Example(new float[0], new float[0][], new float[] {Float.NaN, 1})));
        TestScores scores = Scoring.of(
                Task.CLASSIFICATION, List.of("unknown", "edema"), test, new float[] {0.9f, 0.1f, 0.9f, 0.9f});
        assertEquals(1, scores.overall());
        assertTrue(scores.metrics().stream().noneMatch(m -> "unknown".equals(m.getTarget())));
        // Its cases are in no sum either, though one of them would be called.
        assertEquals(List.of(1.0), values(scores, "f1-micro", null));
    }

    @Test
    void thresholdsComeFromValidationCases() {
        List<TestCase> validation = new ArrayList<>();
        for (float truth : new float[] {0, 1, 1, 0}) {
            validation.add(new TestCase("v", new Example(new float[0], new float[0][], new float[] {truth, 0})));
        }
        float[] probabilities = {0.1f, 0.3f, 0.3f, 0.2f, 0.4f, 0.6f, 0.2f, 0.1f};
        Decision chosen = Decision.chosen(Task.CLASSIFICATION, 2, validation, probabilities);
        // The first class is told apart from 0.3 on; of the second there is no positive case.
        assertEquals(List.of((double) 0.3f, 0.5), chosen.thresholds());
        TestScores scores = Scoring.of(Task.CLASSIFICATION, List.of("a", "b"), validation, probabilities, chosen);
        assertEquals(2L, scores.decisions().get(0).getTruePositives());
    }

    @Test
    void ofClassesThatExcludeEachOtherTheMostProbableIsCalled() {
        List<TestCase> test = List.of(
                new TestCase("a", new Example(new float[0], new float[0][], new float[] {0, 1, 0})),
                new TestCase("b", new Example(new float[0], new float[0][], new float[] {1, 0, 0})));
        float[] probabilities = {0.3f, 0.4f, 0.3f, 0.2f, 0.5f, 0.3f};
        TestScores scores =
                Scoring.of(Task.CLASSIFICATION, List.of("x", "y", "z"), test, probabilities, Decision.halves(3, true));
        assertEquals(
                new TargetDecisions("y", 0.5, 1L, 1L, 0L, 0L),
                scores.decisions().get(1));
        assertEquals(
                new TargetDecisions("x", 0.5, 0L, 0L, 1L, 1L),
                scores.decisions().get(0));
    }

    private static void assertMetric(String name, String target, JsonNode value, Metric metric) {
        assertEquals(name, metric.getName());
        assertEquals(target, metric.getTarget());
        assertEquals(value.asDouble(), metric.getValue(), 1e-12);
    }

    private static float probability(int i) {
        return (float) (0.5 + 0.5 * Math.sin(1.3 * i));
    }

    private static float truth(int i) {
        return Math.sin(0.9 * i + 0.4) > 0.2 ? 1 : 0;
    }

    private static JsonNode reference() {
        try (InputStream in = ScoringTest.class.getResourceAsStream("reference-scores.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
