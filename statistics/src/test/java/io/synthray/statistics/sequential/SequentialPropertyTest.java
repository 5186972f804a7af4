package io.synthray.statistics.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialPropertyTest {
    @Provide
    Arbitrary<List<Double>> differences() {
        return Arbitraries.doubles()
                .between(-1, 1)
                .ofScale(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Property
    void onlyTheDirectionCounts(
            @ForAll("differences") List<Double> d,
            @ForAll @DoubleRange(min = 0.1, max = 5) double scale,
            @ForAll @IntRange(min = 1, max = 10) int power) {
        List<Double> scaled = d.stream().map(x -> Math.scalb(x, power)).toList();
        assertEquals(new EProcess(scale).logEValue(d, 0), new EProcess(scale).logEValue(scaled, 0));
        SequentialTTest test = new SequentialTTest(12, 0.05);
        assertEquals(test.conditionalRejection(d, 0), test.conditionalRejection(scaled, 0));
    }

    @Property
    void moreMarginNeverLowersTheEvidence(
            @ForAll("differences") List<Double> d, @ForAll @DoubleRange(max = 0.5) double more) {
        // A shift raises t unless it raises the spread about zero faster, as it does where all lie far above: compare
        // directions.
        Assume.that(Moments.of(d, more).direction() >= Moments.of(d, 0).direction());
        assertTrue(new EProcess(1).logEValue(d, more) >= new EProcess(1).logEValue(d, 0) - 1e-12);
        SequentialTTest test = new SequentialTTest(12, 0.05);
        assertTrue(test.conditionalRejection(d, more) >= test.conditionalRejection(d, 0) - 1e-11);
    }

    @Property
    void atThePlannedNumberItIsTheTTest(
            @ForAll("differences") List<Double> d,
            @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 0.6) double level) {
        Assume.that(d.size() >= 2);
        OptionalDouble p = new PairedDifferences(d).oneTailedP(0);
        Assume.that(p.isPresent() && Math.abs(p.getAsDouble() - level) > 1e-12);
        double value = new SequentialTTest(d.size(), level).conditionalRejection(d, 0);
        assertEquals(p.getAsDouble() < level ? 1 : 0, value);
    }

    /** With the last difference at hand the average over it, given the rest, is the value before: the martingale, by quadrature. */
    @Property(tries = 15)
    void theValueBeforeIsTheMeanOfTheValuesAfter(
            @ForAll("differences") List<Double> d, @ForAll @DoubleRange(min = 0.01, max = 0.3) double level) {
        Assume.that(d.stream().anyMatch(x -> Math.abs(x) > 1e-3));
        SequentialTTest test = new SequentialTTest(d.size() + 4, level);
        assertEquals(test.conditionalRejection(d, 0), meanAfterOneMore(d, x -> test.conditionalRejection(x, 0)), 5e-4);
        EProcess process = new EProcess(1);
        double e = Math.exp(process.logEValue(d, 0));
        assertEquals(e, meanAfterOneMore(d, x -> Math.exp(process.logEValue(x, 0))), 5e-4 * Math.max(1, e));
    }

    /** At a mean of zero the next difference over the root mean square of the n before is Student's with n degrees of freedom. */
    private static double meanAfterOneMore(List<Double> d, ToDoubleFunction<List<Double>> value) {
        int n = d.size();
        double rms = Math.sqrt(d.stream().mapToDouble(x -> x * x).sum() / n);
        StudentT next = new StudentT(n);
        int steps = 2000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            List<Double> more = new ArrayList<>(d);
            more.add(rms * -next.critical((i + 0.5) / steps));
            sum += value.applyAsDouble(more);
        }
        return sum / steps;
    }

    @ParameterizedTest
    @CsvSource({"PLANNED", "OPEN_ENDED"})
    void theFirstDecisionStands(SequentialTest test) {
        SequentialPlan plan =
                new SequentialPlan(test, 20, 0.05, 2, 1, new Stopping(true, 0.95, OptionalDouble.of(0.05)));
        List<Double> d = new ArrayList<>();
        Random random = new Random(3);
        Look look = plan.look(d, 0);
        while (look.decision() == Decision.CONTINUE) {
            d.add(0.15 + 0.02 * random.nextGaussian());
            look = plan.look(d, 0);
        }
        assertEquals(Decision.BENEFIT, look.decision());
        assertTrue(plan.stopsAt(look.decision()));
        int decidedAt = look.decidedAt().getAsInt();
        assertEquals(d.size(), decidedAt);
        assertTrue(decidedAt < 20, look::toString);
        assertTrue(look.eValue() >= look.threshold() * (1 - 1e-12), look::toString);
        while (d.size() < 20) {
            d.add(-0.15 + 0.02 * random.nextGaussian());
        }
        Look last = plan.look(d, 0);
        assertEquals(Decision.BENEFIT, last.decision());
        assertEquals(decidedAt, last.decidedAt().getAsInt());
    }

    @Test
    void givesUpWhereTheEvidenceIsAgainstIt() {
        SequentialPlan plan = new SequentialPlan(
                SequentialTest.OPEN_ENDED, 20, 0.05, 2, 1, new Stopping(true, 0.95, OptionalDouble.of(0.25)));
        Look look = plan.look(List.of(-0.1, -0.12, -0.09, -0.11, -0.1), 0);
        assertEquals(Decision.FUTILITY, look.decision());
        assertTrue(plan.stopsAt(look.decision()));
    }

    @Test
    void withoutEarlyStopsThePlannedTestIsReadAtTheWholeLevel() {
        SequentialPlan plan = new SequentialPlan(SequentialTest.PLANNED, 3, 0.05, 1, 1, Stopping.NEVER);
        assertEquals(0.05, plan.level());
        Look look = plan.look(List.of(0.15, 0.17, 0.13), 0);
        assertEquals(Decision.BENEFIT, look.decision());
        assertEquals(3, look.decidedAt().getAsInt());
        assertEquals(
                Decision.NOT_SHOWN, plan.look(List.of(0.15, 0.17, -0.13), 0).decision());
        assertEquals(Decision.CONTINUE, plan.look(List.of(0.15, 0.17), 0).decision());
        assertEquals(0, plan.look(List.of(), 0).logEValue());
    }

    @Test
    void equalDifferencesCountAsEverSmallerSpread() {
        SequentialTTest test = new SequentialTTest(4, 0.05);
        assertEquals(1, test.conditionalRejection(List.of(0.1, 0.1, 0.1, 0.1), 0));
        assertEquals(0, test.conditionalRejection(List.of(-0.1, -0.1, -0.1, -0.1), 0));
        assertEquals(0, test.conditionalRejection(List.of(0.0, 0.0, 0.0, 0.0), 0));
        assertTrue(Math.exp(new EProcess(1).logEValue(List.of(0.0, 0.0, 0.0), 0)) <= 1);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new EProcess(0));
        assertThrows(IllegalArgumentException.class, () -> new SequentialTTest(1, 0.05));
        assertThrows(IllegalArgumentException.class, () -> new Stopping(true, 1, OptionalDouble.empty()));
        assertThrows(IllegalArgumentException.class, () -> new SequentialTTest(2, 0.05)
                .conditionalRejection(List.of(1.0, 2.0, 3.0), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SequentialPlan(SequentialTest.PLANNED, 3, 0.05, 0, 1, Stopping.NEVER));
    }
}
