package io.synthray.evaluator.comparison;

import static io.synthray.evaluator.fixture.Studies.MASKS;
import static io.synthray.evaluator.fixture.Studies.REAL;
import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPlan;
import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.SignFlipTest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which P are published, and that the family is the plan's whatever fails. */
class FamilyTest {
    private static final int REPEATS = 3;
    private static final String OTHER = "real+other";

    /** Dice of each arm by repeat. */
    private static final Map<String, double[]> DICE = Map.of(
            REAL, new double[] {0.80, 0.82, 0.81},
            MASKS, new double[] {0.84, 0.85, 0.86},
            SHARED, new double[] {0.81, 0.84, 0.82},
            OTHER, new double[] {0.80, 0.83, 0.80});

    private static StudyPlan plan(List<Comparison> comparisons) {
        return StudyPlan.newBuilder(Studies.plan("s", REPEATS, 0, 0))
                .setComparisons(comparisons)
                .build();
    }

    private static Comparison against(String arm, UnaryOperator<Comparison.Builder> change) {
        return change.apply(Comparison.newBuilder()
                        .setName(arm)
                        .setArm(arm)
                        .setReference(REAL)
                        .setMetric("dice")
                        .setHypothesis(Hypothesis.SUPERIORITY))
                .build();
    }

    private static Measurement dice(String arm, int repeat) {
        return new Measurement.Measured(DICE.get(arm)[repeat - 1]);
    }

    private static List<Statistics> statistics(StudyPlan plan, Measurements measurements) {
        return new Family(plan).statistics(comparison -> measurements, arm -> OptionalInt.empty());
    }

    private static Statistics alone(Comparison comparison, Measurements measurements) {
        return statistics(plan(List.of(comparison)), measurements).get(0);
    }

    private static PairedDifferences differences(double shift) {
        double[] arm = DICE.get(MASKS);
        double[] reference = DICE.get(REAL);
        return new PairedDifferences(
                List.of(arm[0] - reference[0] + shift, arm[1] - reference[1] + shift, arm[2] - reference[2] + shift));
    }

    @Test
    void noPBeforeTheLastPlannedPair() {
        Comparison comparison = against(MASKS, c -> c);
        Statistics two = alone(
                comparison,
                (arm, repeat) -> arm.equals(MASKS) && repeat == 2 ? new Measurement.Awaited() : dice(arm, repeat));
        assertEquals(StatisticsStatus.WAITING, two.getStatus());
        assertEquals(2, two.getPairs().size());
        assertNotNull(two.getT());
        assertNotNull(two.getWelch());
        assertNull(two.getPOneTailed());
        assertNull(two.getPBonferroni());
        assertNull(two.getPHolm());
        assertNull(two.getPBh());
        assertNull(two.getPSignFlip());
        assertNull(two.getPCorrectedResampled());
        assertNull(two.getWelch().getPOneTailed());
        assertNull(two.getSignificant());

        Statistics three = alone(comparison, FamilyTest::dice);
        assertEquals(StatisticsStatus.COMPLETE, three.getStatus());
        assertEquals(differences(0).oneTailedP(0).orElseThrow(), three.getPOneTailed());
        assertEquals(three.getPOneTailed(), three.getPBonferroni());
        assertEquals(three.getPOneTailed(), three.getPHolm());
        assertEquals(three.getPOneTailed(), three.getPBh());
        assertEquals(0.125, three.getPSignFlip());
        assertNotNull(three.getWelch().getPOneTailed());
        assertTrue(three.getSignificant());
    }

    @Test
    void aMarginShiftsTheDifferences() {
        Statistics found = alone(
                against(MASKS, c -> c.setHypothesis(Hypothesis.NON_INFERIORITY).setMargin(0.02)), FamilyTest::dice);
        PairedDifferences shifted = differences(0.02);
        assertEquals(shifted.oneTailedP(0).orElseThrow(), found.getPOneTailed(), 1e-12);
        assertEquals(shifted.t(0).orElseThrow(), found.getT(), 1e-9);
        assertEquals(SignFlipTest.of(shifted, 0).orElseThrow().p(), found.getPSignFlip());
        assertTrue(found.getPOneTailed() < differences(0).oneTailedP(0).orElseThrow());
        assertEquals(differences(0).mean(), found.getMeanDifference(), 1e-15);
    }

    @Test
    void aFailedArmStillCounts() {
        StudyPlan plan = plan(List.of(against(MASKS, c -> c), against(SHARED, c -> c), against(OTHER, c -> c)));
        List<Statistics> family = statistics(
                plan,
                (arm, repeat) -> arm.equals(OTHER) && repeat == 2
                        ? new Measurement.Lost("failed: out of memory")
                        : dice(arm, repeat));
        Statistics masks = family.get(0);
        Statistics shared = family.get(1);
        Statistics failed = family.get(2);
        assertEquals(StatisticsStatus.INCOMPLETE, failed.getStatus());
        assertNull(failed.getPOneTailed());
        assertNull(failed.getPBonferroni());
        assertNull(failed.getPHolm());
        assertNull(failed.getPBh());
        family.forEach(each -> assertEquals(3, each.getFamily()));

        double smaller = masks.getPOneTailed();
        double larger = shared.getPOneTailed();
        // With other numbers a minimum or maximum would hide a family of two.
        assertTrue(smaller < larger && 3 * larger < 1 && 3 * smaller < 1.5 * larger && 3 * smaller < 2 * larger);
        assertEquals(3 * smaller, masks.getPBonferroni(), 1e-15);
        assertEquals(3 * larger, shared.getPBonferroni(), 1e-15);
        assertEquals(3 * smaller, masks.getPHolm(), 1e-15);
        assertEquals(2 * larger, shared.getPHolm(), 1e-15);
        assertEquals(3 * smaller, masks.getPBh(), 1e-15);
        assertEquals(1.5 * larger, shared.getPBh(), 1e-15);
    }
}
