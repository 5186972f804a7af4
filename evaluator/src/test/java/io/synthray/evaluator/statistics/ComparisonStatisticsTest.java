package io.synthray.evaluator.statistics;

import static io.synthray.evaluator.fixture.Studies.MASKS;
import static io.synthray.evaluator.fixture.Studies.REAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.statistics.Measurement.Awaited;
import io.synthray.evaluator.statistics.Measurement.Lost;
import io.synthray.evaluator.statistics.Measurement.Measured;
import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonStatisticsTest {
    private static final List<Double> REFERENCE = List.of(0.888, 0.902, 0.871);
    private final StudyPlan plan = Studies.plan("s", 3, 1, 0);
    private final Comparison comparison = plan.getComparisons().get(0);

    @Test
    void withoutPairsNothingIsSaid() {
        Statistics none = statistics(comparison, new Awaited(), new Awaited(), new Awaited());
        assertEquals(StatisticsStatus.WAITING, none.getStatus());
        assertNull(none.getMeanDifference());
        assertNull(none.getDf());
        assertEquals("No P before the planned number of pairs: 0 of 3 pairs are in", none.getNote());
    }

    @Test
    void anEstimateComesBeforeItsP() {
        Statistics two = statistics(comparison, new Measured(0.926), new Awaited(), new Measured(0.919));
        assertEquals(StatisticsStatus.WAITING, two.getStatus());
        assertEquals(
                List.of(1, 3), two.getPairs().stream().map(p -> p.getRepeat()).toList());
        assertEquals(0.043, two.getMeanDifference(), 1e-12);
        assertNotNull(two.getT());
        assertNotNull(two.getCiLow());
        assertNull(two.getPOneTailed());
        assertNull(two.getSignificant());
    }

    /** Values of SciPy's case "three pairs" in scipy-paired-t-test.json. */
    @Test
    void allPairsGiveAPCorrectedForTheFamily() {
        Statistics all = statistics(comparison, new Measured(0.926), new Measured(0.931), new Measured(0.919));
        assertEquals(StatisticsStatus.COMPLETE, all.getStatus());
        assertEquals(3, all.getFamily());
        assertEquals(2, all.getDf());
        assertEquals(3 * all.getPOneTailed(), all.getPBonferroni(), 1e-15);
        assertEquals(all.getPBonferroni() < 0.05, all.getSignificant());
        assertTrue(all.getSignificant());
        assertEquals("", all.getNote());
        assertFalse(all.getSharedImageSet());
        assertFalse(all.getExtraData());
    }

    @Test
    void aLostTrialLeavesTheComparisonIncomplete() {
        Statistics lost =
                statistics(comparison, new Measured(0.926), new Lost("trial real+masks/2 failed: x"), new Awaited());
        assertEquals(StatisticsStatus.INCOMPLETE, lost.getStatus());
        assertEquals(1, lost.getPairs().size());
        assertNull(lost.getPOneTailed());
        assertEquals(
                "No P, since 1 of 3 pairs are in and the rest cannot come: trial real+masks/2 failed: x",
                lost.getNote());
    }

    @Test
    void equalDifferencesGiveNoP() {
        Statistics equal = statistics(comparison, new Measured(0.898), new Measured(0.912), new Measured(0.881));
        assertEquals(StatisticsStatus.COMPLETE, equal.getStatus());
        assertEquals(0.01, equal.getMeanDifference(), 1e-12);
        assertNull(equal.getT());
        assertNull(equal.getPOneTailed());
        assertNull(equal.getSignificant());
        assertEquals("No t and no P, since every difference is equal", equal.getNote());
    }

    @Test
    void aMarginMakesAWorseArmNonInferior() {
        Comparison nonInferior = Comparison.newBuilder(comparison)
                .setHypothesis(Hypothesis.NON_INFERIORITY)
                .setMargin(0.05)
                .build();
        Measured[] slightlyWorse = {new Measured(0.884), new Measured(0.897), new Measured(0.868)};
        assertTrue(statistics(nonInferior, slightlyWorse).getSignificant());
        assertFalse(statistics(comparison, slightlyWorse).getSignificant());
    }

    private Statistics statistics(Comparison which, Measurement... arm) {
        assertEquals(3, arm.length);
        return ComparisonStatistics.of(plan, which, (name, repeat) -> switch (name) {
            case MASKS -> arm[repeat - 1];
            case REAL -> new Measured(REFERENCE.get(repeat - 1));
            default -> throw new IllegalArgumentException(name);
        });
    }
}
