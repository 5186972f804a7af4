package io.synthray.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.synthray.statistics.fixture.Reference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrossedBootstrapTest {
    static Stream<JsonNode> bootstraps() {
        return Reference.cases("statistics", "bootstraps");
    }

    /** SciPy draws other resamples: ends agree to what 40,000 draws leave, 3% of a standard error and a little. */
    @ParameterizedTest
    @MethodSource("bootstraps")
    void endsAreThoseOfScipysBcaOfTwoSamples(JsonNode each) {
        double[][] table = table(each);
        BootstrapInterval ours =
                new CrossedBootstrap(0.05, 40_000, 1).ofMean(table).orElseThrow();
        double tolerance = 0.05 * each.path("standardError").doubleValue();
        assertEquals(each.path("low").doubleValue(), ours.interval().low(), tolerance);
        assertEquals(each.path("high").doubleValue(), ours.interval().high(), tolerance);
        assertEquals(table.length, ours.repeats());
        assertEquals(table[0].length, ours.patients());
    }

    @ParameterizedTest
    @MethodSource("bootstraps")
    void equalArgumentsGiveEqualBitsAndOtherSeedsOthers(JsonNode each) {
        CrossedBootstrap bootstrap = new CrossedBootstrap(0.05, 1000, 7);
        assertEquals(bootstrap.ofMean(table(each)), bootstrap.ofMean(table(each)));
        assertTrue(!bootstrap.ofMean(table(each)).equals(new CrossedBootstrap(0.05, 1000, 8).ofMean(table(each))));
    }

    @Test
    void differencesThatAreAllAlikeHaveAnIntervalOfNoLength() {
        double[][] table = {{0.25, 0.25}, {0.25, 0.25}, {0.25, 0.25}};
        BootstrapInterval interval =
                new CrossedBootstrap(0.05, 200, 1).ofMean(table).orElseThrow();
        assertEquals(new Interval(0.25, 0.25), interval.interval());
    }

    @Test
    void refusesWhatIsNoTableAndStatisticsThatAreNoNumbers() {
        CrossedBootstrap bootstrap = new CrossedBootstrap(0.05, 200, 1);
        assertThrows(IllegalArgumentException.class, () -> bootstrap.ofMean(new double[][] {{1, 2}, {1}}));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.ofMean(new double[][] {{1, 2}}));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.of(3, 3, (r, p) -> Double.NaN));
    }

    private static double[][] table(JsonNode each) {
        JsonNode rows = each.path("table");
        double[][] table = new double[rows.size()][];
        for (int i = 0; i < table.length; i++) {
            table[i] = Reference.array(rows.get(i));
        }
        return table;
    }
}
