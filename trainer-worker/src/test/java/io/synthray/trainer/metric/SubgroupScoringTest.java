package io.synthray.trainer.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.event.Metric;
import io.synthray.event.Task;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TestCase;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubgroupScoringTest {
    private static TestCase testCase(String key, float label, String... subgroups) {
        return new TestCase(
                key, key, List.of(subgroups), new Example(new float[0], new float[0][], new float[] {label}));
    }

    @Test
    void eachSubgroupIsScoredByItself() {
        List<TestCase> test = List.of(
                testCase("a", 1, "view=AP"),
                testCase("b", 1, "view=PA"),
                testCase("c", 0, "view=AP"),
                testCase("d", 1, "view=PA"),
                testCase("e", 1));
        float[] probabilities = {0.9f, 0.2f, 0.8f, 0.7f, 0.6f};
        TestScores scores = SubgroupScoring.of(
                Task.CLASSIFICATION, List.of("edema"), test, probabilities, Decision.halves(1, false));

        // All: 3 found, 1 missed, 1 false. AP: 1 found, 1 false. PA: 1 found, 1 missed.
        assertEquals(
                List.of(
                        new Metric("f1", null, 6.0 / 8, null, null),
                        new Metric("f1", "edema", 6.0 / 8, null, null),
                        new Metric("f1", null, 2.0 / 3, "view=AP", 2),
                        new Metric("f1", "edema", 2.0 / 3, "view=AP", 2),
                        new Metric("f1", null, 2.0 / 3, "view=PA", 2),
                        new Metric("f1", "edema", 2.0 / 3, "view=PA", 2)),
                scores.metrics().stream().filter(m -> m.getName().equals("f1")).toList());
        assertEquals(5, scores.cases().size());
    }
}
