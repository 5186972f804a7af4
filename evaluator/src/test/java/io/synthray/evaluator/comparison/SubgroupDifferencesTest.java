package io.synthray.evaluator.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.synthray.evaluator.event.Score;
import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.SubgroupDifference;
import io.synthray.event.Subgroups;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubgroupDifferencesTest {
    private static final Comparison COMPARISON = Comparison.newBuilder()
            .setName("c")
            .setArm("arm")
            .setReference("reference")
            .setMetric("dice")
            .setHypothesis(Hypothesis.SUPERIORITY)
            .build();

    private static Score score(String subgroup, int cases, double value) {
        return new Score("dice", null, subgroup, cases, value);
    }

    /** Differences of 0.1, 0.2, 0.3 in women, of -0.1 in men, of -0.5 in three children. */
    private static List<Score> scores(String arm, int repeat) {
        double gain = arm.equals("arm") ? 1 : 0;
        return List.of(
                new Score("dice", null, null, null, 0.5),
                new Score("dice", "heart", "sex=female", 30, 0.9),
                score("sex=female", 30, 0.5 + gain * 0.1 * repeat),
                score("sex=male", 20, 0.5 - gain * 0.1),
                score("age=0-17", 3, 0.5 - gain * 0.5));
    }

    @Test
    void eachSubgroupHasItsOwnDifferenceAndInterval() {
        Subgroups found = SubgroupDifferences.of("s", COMPARISON, 3, SubgroupDifferencesTest::scores)
                .orElseThrow();
        assertEquals(
                List.of("age=0-17", "sex=female", "sex=male"),
                found.getSubgroups().stream()
                        .map(SubgroupDifference::getSubgroup)
                        .toList());
        SubgroupDifference women = found.getSubgroups().get(1);
        assertEquals(0.2, women.getMeanDifference(), 1e-15);
        // Student's quantile at 0.975 with 2 degrees of freedom has a closed form.
        double quantile = 0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95));
        assertEquals(0.2 - quantile * 0.1 / Math.sqrt(3), women.getCiLow(), 1e-12);
        assertEquals(0.2 + quantile * 0.1 / Math.sqrt(3), women.getCiHigh(), 1e-12);
        assertEquals(30, women.getCases());
        assertEquals(3, women.getPairs());
    }

    @Test
    void theWorstIsAmongThoseWithEnoughCases() {
        Subgroups found = SubgroupDifferences.of("s", COMPARISON, 3, SubgroupDifferencesTest::scores)
                .orElseThrow();
        assertEquals("sex=male", found.getWorst());
    }

    @Test
    void laterRepeatsThanTheLastNeverEnter() {
        SubgroupDifference women = SubgroupDifferences.of("s", COMPARISON, 1, SubgroupDifferencesTest::scores)
                .orElseThrow()
                .getSubgroups()
                .get(1);
        assertEquals(1, women.getPairs());
        assertEquals(0.1, women.getMeanDifference(), 1e-15);
        assertNull(women.getCiLow());
    }

    @Test
    void dataWithoutSubgroupsHaveNone() {
        assertEquals(
                Optional.empty(),
                SubgroupDifferences.of(
                        "s", COMPARISON, 3, (arm, repeat) -> List.of(new Score("dice", null, null, null, 0.5))));
    }
}
