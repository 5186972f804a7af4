package io.synthray.evaluator.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against SciPy (src/test/python/paired_t_test.py) and against the published results of arXiv 2411.18602. */
class PairedDifferencesTest {
    private static final String FIXTURE = "scipy-paired-t-test.json";

    @TestFactory
    Stream<DynamicTest> agreesWithSciPy() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream json = PairedDifferencesTest.class.getResourceAsStream(FIXTURE)) {
            for (JsonNode expected : new ObjectMapper().readTree(json).get("cases")) {
                tests.add(DynamicTest.dynamicTest(expected.get("name").textValue(), () -> compare(expected)));
            }
        }
        assertEquals(12, tests.size(), "cases of " + FIXTURE);
        return tests.stream();
    }

    private static void compare(JsonNode expected) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < expected.get("arm").size(); i++) {
            values.add(expected.get("arm").get(i).doubleValue()
                    - expected.get("reference").get(i).doubleValue());
        }
        PairedDifferences differences = new PairedDifferences(values);
        double margin = expected.get("margin").doubleValue();
        close(expected.get("meanDifference"), differences.mean());
        close(expected.get("standardError"), differences.standardError().getAsDouble());
        assertEquals(expected.get("df").intValue(), differences.degreesOfFreedom());
        close(expected.get("t"), differences.t(margin).getAsDouble());
        close(expected.get("p"), differences.oneTailedP(margin).getAsDouble());
        Interval interval = differences.interval(0.95).orElseThrow();
        close(expected.get("ciLow"), interval.low());
        close(expected.get("ciHigh"), interval.high());
    }

    private static void close(JsonNode expected, double actual) {
        double value = expected.doubleValue();
        assertEquals(value, actual, 1e-9 * Math.max(1e-3, Math.abs(value)));
    }

    /** F1 +0.150453 (95% CI 0.099108 to 0.201798, P = .0031), consistent with three repeats. */
    @Test
    void givesThePublishedPOfF1() {
        // Three differences m - d, m, m + d have the standard error d / sqrt(3); Student's 97.5% quantile for df 2 is
        // 4.30265.
        double spread = (0.201798 - 0.099108) / 2 / 4.302652729911275 * Math.sqrt(3);
        PairedDifferences differences = new PairedDifferences(List.of(0.150453 - spread, 0.150453, 0.150453 + spread));
        assertEquals(0.099108, differences.interval(0.95).orElseThrow().low(), 5e-7);
        assertEquals(0.201798, differences.interval(0.95).orElseThrow().high(), 5e-7);
        assertEquals(0.0031, differences.oneTailedP(0).getAsDouble(), 5e-5);
    }

    /** Dice +0.14575 (95% CI 0.108267 to 0.183233, P = .0064), consistent with two repeats. */
    @Test
    void givesThePublishedPOfDice() {
        // Two differences m - d, m + d have the standard error d; Student's 97.5% quantile for df 1 is 12.7062.
        double spread = (0.183233 - 0.108267) / 2 / 12.706204736432095;
        PairedDifferences differences = new PairedDifferences(List.of(0.14575 - spread, 0.14575 + spread));
        assertEquals(0.108267, differences.interval(0.95).orElseThrow().low(), 5e-7);
        assertEquals(0.183233, differences.interval(0.95).orElseThrow().high(), 5e-7);
        assertEquals(0.0064, differences.oneTailedP(0).getAsDouble(), 5e-5);
    }

    @Test
    void onePairHasAMeanOnly() {
        PairedDifferences one = new PairedDifferences(List.of(0.1));
        assertEquals(0.1, one.mean());
        assertTrue(one.standardError().isEmpty());
        assertEquals(Optional.empty(), one.interval(0.95));
        assertTrue(one.t(0).isEmpty());
        assertTrue(one.oneTailedP(0).isEmpty());
    }

    @Test
    void equalDifferencesHaveNoT() {
        // 0.9 - 0.8 and 0.8 - 0.7 differ in their last bits only.
        PairedDifferences equal = new PairedDifferences(List.of(0.9 - 0.8, 0.8 - 0.7, 0.3 - 0.2));
        assertTrue(equal.allEqual());
        assertTrue(equal.t(0).isEmpty());
        assertTrue(equal.oneTailedP(0.05).isEmpty());
        assertEquals(0.1, equal.mean(), 1e-15);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThrows(IllegalArgumentException.class, () -> new PairedDifferences(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PairedDifferences(List.of(0.1, Double.NaN)));
    }
}
