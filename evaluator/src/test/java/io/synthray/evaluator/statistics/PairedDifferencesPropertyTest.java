package io.synthray.evaluator.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PairedDifferencesPropertyTest {
    /** Differences of metrics in 0..1 that are clearly not all equal. */
    @Provide
    Arbitrary<List<Double>> differences() {
        return Arbitraries.integers()
                .between(-10_000, 10_000)
                .map(i -> i / 10_000.0)
                .list()
                .ofMinSize(2)
                .ofMaxSize(30)
                .filter(list -> list.stream().distinct().count() > 1);
    }

    @Property(tries = 300)
    void pIsAProbability(@ForAll("differences") List<Double> values, @ForAll @DoubleRange(max = 0.5) double margin) {
        double p = new PairedDifferences(values).oneTailedP(margin).orElseThrow();
        assertTrue(p >= 0 && p <= 1, "P = " + p);
    }

    /** Testing mean > -margin is testing that the differences moved up by the margin have a mean > 0. */
    @Property(tries = 300)
    void aMarginIsAShift(@ForAll("differences") List<Double> values, @ForAll @DoubleRange(max = 0.5) double margin) {
        PairedDifferences plain = new PairedDifferences(values);
        PairedDifferences shifted =
                new PairedDifferences(values.stream().map(v -> v + margin).toList());
        assertClose(shifted.t(0).orElseThrow(), plain.t(margin).orElseThrow());
        assertClose(
                shifted.oneTailedP(0).orElseThrow(), plain.oneTailedP(margin).orElseThrow());
        assertClose(shifted.standardError().orElseThrow(), plain.standardError().orElseThrow());
    }

    @Property(tries = 300)
    void swappingArmsMirrors(@ForAll("differences") List<Double> values) {
        PairedDifferences there = new PairedDifferences(values);
        PairedDifferences back =
                new PairedDifferences(values.stream().map(v -> -v).toList());
        assertClose(there.mean(), -back.mean());
        assertClose(there.t(0).orElseThrow(), -back.t(0).orElseThrow());
        assertClose(1, there.oneTailedP(0).orElseThrow() + back.oneTailedP(0).orElseThrow());
        Interval forward = there.interval(0.95).orElseThrow();
        Interval backward = back.interval(0.95).orElseThrow();
        assertClose(forward.low(), -backward.high());
        assertClose(forward.high(), -backward.low());
    }

    /** Duality: the lower end of the two-sided 95% interval is above 0 exactly where the one-tailed P is below 0.025. */
    @Property(tries = 300)
    void intervalAndPAgree(@ForAll("differences") List<Double> values) {
        PairedDifferences differences = new PairedDifferences(values);
        double p = differences.oneTailedP(0).orElseThrow();
        Assume.that(Math.abs(p - 0.025) > 1e-6);
        assertEquals(p < 0.025, differences.interval(0.95).orElseThrow().low() > 0);
    }

    @Property(tries = 300)
    void aWiderMarginNeverRaisesP(
            @ForAll("differences") List<Double> values, @ForAll @DoubleRange(max = 0.5) double margin) {
        PairedDifferences differences = new PairedDifferences(values);
        assertTrue(differences.oneTailedP(margin).orElseThrow()
                <= differences.oneTailedP(0).orElseThrow() + 1e-12);
    }

    @Property(tries = 300)
    void bonferroniGrowsWithTheFamilyAndWithP(
            @ForAll @DoubleRange(max = 1) double p,
            @ForAll @DoubleRange(max = 1) double q,
            @ForAll @IntRange(min = 1, max = 100) int family) {
        double adjusted = Bonferroni.adjust(p, family);
        assertTrue(adjusted >= p && adjusted <= 1);
        assertTrue(Bonferroni.adjust(p, family + 1) >= adjusted);
        assertTrue(Bonferroni.adjust(Math.max(p, q), family) >= adjusted);
        assertEquals(p, Bonferroni.adjust(p, 1));
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)));
    }
}
