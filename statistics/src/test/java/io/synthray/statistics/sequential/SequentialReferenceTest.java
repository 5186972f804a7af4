package io.synthray.statistics.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.synthray.statistics.Interval;
import io.synthray.statistics.fixture.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against integrals that SciPy has computed from the definitions, by other roads than the closed forms. */
class SequentialReferenceTest {
    static Stream<JsonNode> eProcesses() {
        return Reference.cases("sequential", "eProcesses");
    }

    static Stream<JsonNode> sequentialised() {
        return Reference.cases("sequential", "sequentialised");
    }

    @ParameterizedTest
    @MethodSource("eProcesses")
    void theEValueIsTheMixtureOfLikelihoodRatios(JsonNode each) {
        List<Double> d = Reference.numbers(each.path("differences"));
        double scale = each.path("scale").doubleValue();
        assertEquals(each.path("logE").doubleValue(), new EProcess(scale).logEValue(d, 0), 1e-10);
    }

    @ParameterizedTest
    @MethodSource("eProcesses")
    void theConfidenceSequenceEndsWhereTheTwoSidedEValueReachesItsBound(JsonNode each) {
        List<Double> d = Reference.numbers(each.path("differences"));
        Optional<Interval> interval = new ConfidenceSequence(each.path("scale").doubleValue()).interval(d, 0.05);
        assertEquals(each.has("high"), interval.isPresent());
        if (interval.isPresent()) {
            assertEquals(each.path("low").doubleValue(), interval.get().low(), 1e-9);
            assertEquals(each.path("high").doubleValue(), interval.get().high(), 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("sequentialised")
    void theConditionalRejectionIsThatOfTheNormalPredictive(JsonNode each) {
        List<Double> d = Reference.numbers(each.path("differences"));
        SequentialTTest test = new SequentialTTest(
                each.path("planned").intValue(), each.path("level").doubleValue());
        double value = test.conditionalRejection(d, 0);
        assertEquals(each.path("value").doubleValue(), value, 1e-8);
        assertTrue(value >= 0 && value <= 1);
    }
}
