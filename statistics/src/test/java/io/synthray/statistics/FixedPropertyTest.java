package io.synthray.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class FixedPropertyTest {
    @Provide
    Arbitrary<List<Double>> differences() {
        return Arbitraries.doubles()
                .between(-1, 1)
                .ofScale(6)
                .list()
                .ofMinSize(2)
                .ofMaxSize(16);
    }

    @Provide
    Arbitrary<List<Double>> family() {
        return Arbitraries.doubles()
                .between(0, 1)
                .ofScale(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Property
    void orderOfPairsDoesNotChangeABit(@ForAll("differences") List<Double> values, @ForAll long seed) {
        List<Double> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, new Random(seed));
        PairedDifferences a = new PairedDifferences(values);
        PairedDifferences b = new PairedDifferences(shuffled);
        assertEquals(a.mean(), b.mean());
        assertEquals(a.standardError(), b.standardError());
        assertEquals(a.oneTailedP(0), b.oneTailedP(0));
        assertEquals(SignFlipTest.of(a, 0), SignFlipTest.of(b, 0));
    }

    @Property
    void unitsDoNotMatter(@ForAll("differences") List<Double> values, @ForAll @IntRange(min = 1, max = 10) int power) {
        PairedDifferences a = new PairedDifferences(values);
        Assume.that(!a.allEqual());
        double factor = Math.scalb(1.0, power);
        PairedDifferences b =
                new PairedDifferences(values.stream().map(v -> v * factor).toList());
        assertEquals(a.t(0), b.t(0));
        assertEquals(a.cohensD(), b.cohensD());
        assertEquals(
                a.interval(0.05).get().low() * factor, b.interval(0.05).get().low());
        assertEquals(
                SignFlipTest.of(a, 0).get().p(), SignFlipTest.of(b, 0).get().p());
    }

    @Property
    void aMarginIsAShift(@ForAll("differences") List<Double> values, @ForAll @DoubleRange(max = 0.5) double margin) {
        PairedDifferences a = new PairedDifferences(values);
        Assume.that(!a.allEqual());
        PairedDifferences shifted =
                new PairedDifferences(values.stream().map(v -> v + margin).toList());
        assertEquals(shifted.oneTailedP(0).getAsDouble(), a.oneTailedP(margin).getAsDouble(), 1e-9);
        assertEquals(
                SignFlipTest.of(shifted, 0).get(), SignFlipTest.of(a, margin).get());
    }

    @Property
    void moreMarginNeverRaisesP(
            @ForAll("differences") List<Double> values,
            @ForAll @DoubleRange(max = 0.5) double margin,
            @ForAll @DoubleRange(max = 0.5) double more) {
        PairedDifferences d = new PairedDifferences(values);
        Assume.that(!d.allEqual());
        assertTrue(d.oneTailedP(margin + more).getAsDouble()
                <= d.oneTailedP(margin).getAsDouble());
        assertTrue(SignFlipTest.of(d, margin + more).get().p()
                <= SignFlipTest.of(d, margin).get().p());
    }

    @Property
    void theIntervalExcludesZeroWhereThePIsBelowHalfItsError(@ForAll("differences") List<Double> values) {
        PairedDifferences d = new PairedDifferences(values);
        Assume.that(!d.allEqual());
        double p = d.oneTailedP(0).getAsDouble();
        Assume.that(Math.abs(p - 0.025) > 1e-9);
        assertEquals(p < 0.025, d.interval(0.05).get().low() > 0);
    }

    @Property
    void correctedResampledPIsTheLessCertain(
            @ForAll("differences") List<Double> values, @ForAll @IntRange(min = 1, max = 1000) int test) {
        PairedDifferences d = new PairedDifferences(values);
        Assume.that(!d.allEqual());
        double plain = d.oneTailedP(0).getAsDouble();
        double corrected = d.correctedResampledP(0, 500, test).getAsDouble();
        assertTrue(Math.abs(corrected - 0.5) <= Math.abs(plain - 0.5));
    }

    @Property
    void holmIsNeverAboveBonferroniAndBenjaminiHochbergNeverAboveHolm(@ForAll("family") List<Double> ps) {
        List<OptionalDouble> family = ps.stream().map(OptionalDouble::of).toList();
        List<OptionalDouble> bonferroni = Correction.BONFERRONI.adjust(family);
        List<OptionalDouble> holm = Correction.HOLM.adjust(family);
        List<OptionalDouble> bh = Correction.BENJAMINI_HOCHBERG.adjust(family);
        for (int i = 0; i < ps.size(); i++) {
            assertTrue(holm.get(i).getAsDouble() <= bonferroni.get(i).getAsDouble());
            assertTrue(bh.get(i).getAsDouble() <= holm.get(i).getAsDouble() * (1 + 1e-15));
            assertTrue(bh.get(i).getAsDouble() >= ps.get(i) * (1 - 1e-15));
        }
    }

    @Property
    void aPThatComesLaterOnlyLowersTheOthers(@ForAll("family") List<Double> ps, @ForAll @IntRange(max = 29) int late) {
        Assume.that(late < ps.size());
        List<OptionalDouble> all = ps.stream().map(OptionalDouble::of).toList();
        List<OptionalDouble> before = new ArrayList<>(all);
        before.set(late, OptionalDouble.empty());
        for (Correction correction : Correction.values()) {
            List<OptionalDouble> early = correction.adjust(before);
            List<OptionalDouble> complete = correction.adjust(all);
            assertTrue(early.get(late).isEmpty());
            for (int i = 0; i < ps.size(); i++) {
                if (i != late) {
                    assertTrue(complete.get(i).getAsDouble() <= early.get(i).getAsDouble());
                }
            }
        }
    }

    @Property
    void sumsAreExactUntilTheyAreRounded(@ForAll List<@DoubleRange(min = -1e18, max = 1e18) Double> values) {
        BigDecimal exact = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        double sum = ExactSum.of(values.stream().mapToDouble(v -> v).toArray());
        assertEquals(exact.doubleValue(), sum + 0.0);
    }

    @Property
    void signFlipAgreesWithAnEnumeration(@ForAll("differences") List<Double> values) {
        Assume.that(values.size() <= 10);
        int n = values.size();
        BigDecimal observed = values.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        int extreme = 0;
        for (int signs = 0; signs < 1 << n; signs++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < n; i++) {
                BigDecimal value = BigDecimal.valueOf(values.get(i));
                sum = (signs >> i & 1) == 0 ? sum.add(value) : sum.subtract(value);
            }
            extreme += sum.compareTo(observed) >= 0 ? 1 : 0;
        }
        assertEquals(
                (double) extreme / (1 << n),
                SignFlipTest.of(new PairedDifferences(values), 0).get().p());
    }

    @Property
    void refusesNumbersThatAreNone(@ForAll("differences") List<Double> values) {
        List<Double> bad = new ArrayList<>(values);
        bad.set(0, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> new PairedDifferences(bad));
        assertThrows(
                IllegalArgumentException.class,
                () -> Correction.HOLM.adjust(List.of(OptionalDouble.of(0.1), OptionalDouble.of(Double.NaN))));
    }
}
