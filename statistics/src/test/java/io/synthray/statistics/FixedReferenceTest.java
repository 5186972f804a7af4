package io.synthray.statistics;

import static io.synthray.statistics.fixture.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.synthray.statistics.fixture.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fixed-n statistics against SciPy, statsmodels, R's published example and 40-digit arithmetic. */
class FixedReferenceTest {
    private static final double TWELVE = 1e-12;

    static Stream<JsonNode> paired() {
        return Reference.cases("statistics", "paired");
    }

    static Stream<JsonNode> corrections() {
        return Reference.cases("statistics", "corrections");
    }

    @ParameterizedTest
    @MethodSource("paired")
    void pairedTestIsExact(JsonNode each) {
        PairedDifferences d = differences(each);
        JsonNode exact = each.path("exact");
        double margin = each.path("margin").doubleValue();
        close(exact, "mean", d.mean());
        close(exact, "standardError", d.standardError().getAsDouble());
        close(exact, "t", d.t(margin).getAsDouble());
        close(exact, "p", d.oneTailedP(margin).getAsDouble());
        close(exact, "low", d.interval(0.05).get().low());
        close(exact, "high", d.interval(0.05).get().high());
        double corrected = 0.05 / each.path("family").intValue();
        close(exact, "correctedLow", d.interval(corrected).get().low());
        close(exact, "correctedHigh", d.interval(corrected).get().high());
        close(exact, "d", d.cohensD().getAsDouble());
    }

    /** What they round differently from the exact value is theirs; both are met to twelve digits all the same. */
    @ParameterizedTest
    @MethodSource("paired")
    void pairedTestIsThatOfScipyAndStatsmodels(JsonNode each) {
        PairedDifferences d = differences(each);
        double margin = each.path("margin").doubleValue();
        for (String other : List.of("scipy", "statsmodels")) {
            JsonNode theirs = each.path(other);
            close(theirs, "t", d.t(margin).getAsDouble());
            close(theirs, "p", d.oneTailedP(margin).getAsDouble());
            // SciPy's interval is that of the tested mean plus margin in neither case: of the mean itself.
            close(theirs, "low", d.interval(0.05).get().low());
            close(theirs, "high", d.interval(0.05).get().high());
        }
    }

    @ParameterizedTest
    @MethodSource("paired")
    void welchsTestIsThatOfScipyAndStatsmodels(JsonNode each) {
        List<Double> arm = Reference.numbers(each.path("arm"));
        List<Double> reference = Reference.numbers(each.path("reference"));
        Welch welch =
                Welch.of(arm, reference, each.path("margin").doubleValue()).orElseThrow();
        JsonNode theirs = each.path("welch");
        close(theirs, "t", welch.t());
        close(theirs, "p", welch.oneTailedP());
        close(theirs, "df", welch.df());
        close(theirs, "low", welch.interval(0.05).low());
        close(theirs, "high", welch.interval(0.05).high());
        close(theirs.path("statsmodels"), "t", welch.t());
        close(theirs.path("statsmodels"), "p", welch.oneTailedP());
        close(theirs.path("statsmodels"), "df", welch.df());
    }

    @ParameterizedTest
    @MethodSource("paired")
    void signFlipIsScipysPermutationTest(JsonNode each) {
        PairedDifferences d = differences(each);
        SignFlipTest test =
                SignFlipTest.of(d, each.path("margin").doubleValue()).orElse(null);
        if (d.n() > SignFlipTest.MOST_PAIRS) {
            assertEquals(null, test);
            return;
        }
        assertEquals(Math.pow(2, -d.n()), test.floor());
        assertTrue(test.p() >= test.floor() && test.p() <= 1, test::toString);
        if (each.has("signFlip")) {
            close(each, "signFlip", test.p());
        }
    }

    @ParameterizedTest
    @MethodSource("paired")
    void correctedResampledTestIsThatOfItsFormulaInScipy(JsonNode each) {
        JsonNode split = each.path("resampled");
        double p = differences(each)
                .correctedResampledP(
                        each.path("margin").doubleValue(),
                        split.path("train").longValue(),
                        split.path("test").longValue())
                .getAsDouble();
        close(split, "p", p);
    }

    @ParameterizedTest
    @MethodSource("corrections")
    void correctionsAreThoseOfStatsmodels(JsonNode each) {
        List<OptionalDouble> family = Reference.numbers(each.path("p")).stream()
                .map(OptionalDouble::of)
                .toList();
        for (Correction correction : Correction.values()) {
            List<OptionalDouble> adjusted = correction.adjust(family);
            List<Double> theirs = Reference.numbers(each.path(correction.name()));
            for (int i = 0; i < family.size(); i++) {
                assertRelative(theirs.get(i), adjusted.get(i).getAsDouble(), TWELVE, correction);
            }
        }
    }

    /** R's help page of t.test: extra sleep, group 1 against group 2, paired. */
    @Test
    void sleepIsAsRPrintsIt() {
        List<Double> group1 = List.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);
        List<Double> group2 = List.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < group1.size(); i++) {
            differences.add(group1.get(i) - group2.get(i));
        }
        PairedDifferences d = new PairedDifferences(differences);
        assertEquals(-4.0621, d.t(0).getAsDouble(), 5e-5);
        assertEquals(9, d.degreesOfFreedom());
        assertEquals(0.002833, 2 * (1 - d.oneTailedP(0).getAsDouble()), 5e-7);
        assertEquals(-2.4598858, d.interval(0.05).get().low(), 5e-8);
        assertEquals(-0.7001142, d.interval(0.05).get().high(), 5e-8);
        Welch welch = Welch.of(group1, group2, 0).orElseThrow();
        assertEquals(-1.8608, welch.t(), 5e-5);
        assertEquals(17.776, welch.df(), 5e-4);
        assertEquals(0.07939, 2 * (1 - welch.oneTailedP()), 5e-6);
        assertEquals(-3.3654832, welch.interval(0.05).low(), 5e-8);
        assertEquals(0.2054832, welch.interval(0.05).high(), 5e-8);
    }

    /** Prakash et al., arXiv 2411.18602: mean differences, intervals and P as printed. */
    @Test
    void thePapersPComesOut() {
        PublishedResult f1 = new PublishedResult(0.150453, new Interval(0.099108, 0.201798), 3);
        assertEquals(0.0031, f1.oneTailedP(), 5e-5);
        assertEquals(2, f1.degreesOfFreedom());
        assertEquals(16, f1.largestFamily(0.05));
        PublishedResult dice = new PublishedResult(0.14575, new Interval(0.108267, 0.183233), 2);
        assertEquals(0.0064, dice.oneTailedP(), 5e-5);
        assertEquals(1, dice.degreesOfFreedom());
        assertEquals(7, dice.largestFamily(0.05));
    }

    private static PairedDifferences differences(JsonNode each) {
        List<Double> arm = Reference.numbers(each.path("arm"));
        List<Double> reference = Reference.numbers(each.path("reference"));
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < arm.size(); i++) {
            differences.add(arm.get(i) - reference.get(i));
        }
        return new PairedDifferences(differences);
    }

    private static void close(JsonNode expected, String key, double actual) {
        assertTrue(expected.has(key), key);
        assertRelative(expected.path(key).doubleValue(), actual, TWELVE, key);
    }
}
