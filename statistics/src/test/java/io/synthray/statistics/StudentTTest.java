package io.synthray.statistics;

import static io.synthray.statistics.fixture.Reference.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.synthray.statistics.fixture.Reference;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against 40-digit arithmetic (mpmath). */
class StudentTTest {
    static Stream<JsonNode> tails() {
        return Reference.cases("statistics", "tails");
    }

    static Stream<JsonNode> criticals() {
        return Reference.cases("statistics", "criticals");
    }

    @ParameterizedTest
    @MethodSource("tails")
    void tailsHaveTwelveDigits(JsonNode each) {
        StudentT t = new StudentT(each.path("df").doubleValue());
        assertRelative(each.path("p").doubleValue(), t.upperTail(each.path("t").doubleValue()), 1e-12, each);
    }

    @ParameterizedTest
    @MethodSource("criticals")
    void criticalValuesHaveTwelveDigits(JsonNode each) {
        StudentT t = new StudentT(each.path("df").doubleValue());
        assertRelative(each.path("t").doubleValue(), t.critical(each.path("q").doubleValue()), 1e-12, each);
    }

    @Property
    void criticalUndoesUpperTail(
            @ForAll @DoubleRange(min = 0.5, max = 200) double df,
            @ForAll @Scale(12) @DoubleRange(min = 1e-12, max = 0.999) double q) {
        StudentT t = new StudentT(df);
        assertRelative(q, t.upperTail(t.critical(q)), 1e-11, df);
    }

    @Property
    void bothTailsTogetherAreOne(
            @ForAll @DoubleRange(min = 0.5, max = 200) double df, @ForAll @DoubleRange(min = -50, max = 50) double t) {
        assertEquals(1, new StudentT(df).upperTail(t) + new StudentT(df).lowerTail(t), 1e-14);
    }

    @Test
    void theLogarithmGoesOnWhereTheProbabilityEnds() {
        // P(T > t) is about C t^-df there, whatever the size: halving by 2^df with each doubling of t.
        StudentT t = new StudentT(99);
        assertEquals(0, t.upperTail(1e10));
        assertEquals(99 * Math.log(2), t.logUpperTail(1e10) - t.logUpperTail(2e10), 1e-9);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThrows(IllegalArgumentException.class, () -> new StudentT(0));
        assertThrows(IllegalArgumentException.class, () -> new StudentT(3).critical(1));
        assertThrows(IllegalArgumentException.class, () -> new StudentT(3).upperTail(Double.NaN));
    }
}
