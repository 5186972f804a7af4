package io.synthray.trainer.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.Task;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reference by scikit-learn, src/test/python/reference_scores.py. */
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
        assertEquals(1, Dice.of(new float[] {0.1f, 0.49f}, 0, new float[] {0, 0}));
        assertEquals(0, Dice.of(new float[] {0.1f, 0.5f}, 0, new float[] {0, 0}));
        assertEquals(0, Dice.of(new float[] {0.1f, 0.2f}, 0, new float[] {1, 0}));
        assertEquals(2.0 / 3, Dice.of(new float[] {9, 0.5f, 0.9f}, 1, new float[] {1, 0}));
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
