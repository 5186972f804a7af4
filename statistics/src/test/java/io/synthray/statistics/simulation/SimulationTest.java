package io.synthray.statistics.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.statistics.Interval;
import io.synthray.statistics.PublishedResult;
import io.synthray.statistics.sequential.SequentialPlan;
import io.synthray.statistics.sequential.SequentialTest;
import io.synthray.statistics.sequential.Stopping;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short run; {@code synthray stats --simulate} is the long one, whose figures are in docs/statistics.md. */
class SimulationTest {
    private static final double ALPHA = 0.05;

    @ParameterizedTest
    @ValueSource(doubles = {0, -1})
    void everyCorrectedMethodKeepsItsFamilyWiseError(double effect) {
        List<Rate> rates = new ErrorRates(500, effect, ALPHA, 20260101).rates();
        rates.stream().filter(Rate::promised).forEach(rate -> assertTrue(rate.within(ALPHA), rate::toString));
    }

    @Test
    void theCheckFindsMethodsThatDoNot() {
        List<Rate> rates = new ErrorRates(500, 0, ALPHA, 20260101).rates();
        rates.stream()
                .filter(rate -> !rate.promised())
                .forEach(rate -> assertFalse(rate.within(ALPHA), rate::toString));
    }

    @Test
    void repeatsThatSplitAnewInflateThePlainTest() {
        List<Rate> rates = new ResplitRepeats(1000, 10, ALPHA, 1).rates();
        assertFalse(rates.get(0).within(ALPHA), rates::toString);
        assertTrue(rates.get(1).share() < rates.get(0).share() / 2, rates::toString);
    }

    @Test
    void earlyStoppingSavesMostOfAComparisonsRepeatsAtThePapersEffects() {
        SequentialPlan plan = new SequentialPlan(
                SequentialTest.OPEN_ENDED, 20, ALPHA, 2, 1, new Stopping(true, 0.95, OptionalDouble.empty()));
        for (PublishedResult result : List.of(
                new PublishedResult(0.150453, new Interval(0.099108, 0.201798), 3),
                new PublishedResult(0.14575, new Interval(0.108267, 0.183233), 2))) {
            Savings.Outcome outcome = new Savings(plan, result, 500, 1).outcome();
            assertTrue(outcome.saved() >= 0.6, outcome::toString);
            assertTrue(outcome.rejected() > 0.99, outcome::toString);
        }
    }
}
