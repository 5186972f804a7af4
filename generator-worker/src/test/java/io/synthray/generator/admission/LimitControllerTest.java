package io.synthray.generator.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitControllerTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 64", "2, 4", "8, 1", "16, 4", "40, 4"})
    void findsTheSlotsOfAServer(int slots, int initial) {
        LimitController controller = new LimitController(new Bounds(1, initial, 64, Duration.ZERO));
        SimulatedServer server = new SimulatedServer(controller, slots, 1, batch -> 100);
        server.run(600);
        int median = medianLimit(controller, server, 300);
        assertTrue(median >= 0.7 * slots && median <= 2 * slots + 1, "median limit " + median);
        double best = slots * 10;
        assertTrue(server.run(120) >= 0.8 * best, "throughput");
    }

    private static int medianLimit(LimitController controller, SimulatedServer server, int seconds) {
        int[] limits = IntStream.range(0, seconds)
                .map(i -> {
                    server.run(1);
                    return controller.limit();
                })
                .sorted()
                .toArray();
        return limits[limits.length / 2];
    }

    @Test
    void fillsBatchesThatPay() {
        LimitController controller = new LimitController(new Bounds(1, 4, 64, Duration.ZERO));
        // A GPU: a batch of 16 costs little more than a batch of one.
        SimulatedServer server = new SimulatedServer(controller, 1, 16, batch -> 95 + 5 * batch);
        server.run(600);
        double best = 16 * 1000.0 / (95 + 5 * 16);
        double found = server.run(300);
        assertTrue(found >= 0.75 * best, "%.1f of %.1f samples a second".formatted(found, best));
    }

    @Test
    void retreatsByHalfWhenRefusedAndOncePerOutage() {
        LimitController controller = new LimitController(new Bounds(1, 32, 64, Duration.ZERO));
        for (int i = 0; i < 32; i++) {
            controller.refused(10 * SECOND + i, 9 * SECOND + i);
        }
        assertEquals(16, controller.limit());
        controller.refused(20 * SECOND, 19 * SECOND);
        assertEquals(8, controller.limit());
    }

    @Test
    void staysBelowWhatTheServerAccepts() {
        LimitController controller = new LimitController(new Bounds(1, 4, 64, Duration.ZERO));
        SimulatedServer server = new SimulatedServer(controller, 64, 1, batch -> 50).refusingAbove(12);
        server.run(60);
        double mean = IntStream.range(0, 100)
                .map(i -> {
                    server.run(0.2);
                    return controller.limit();
                })
                .average()
                .orElseThrow();
        assertTrue(mean >= 4 && mean <= 12, "mean limit " + mean);
    }

    /** As the shipped sampler on two cores: six images a second, drawn in batches that gain nothing. */
    @ParameterizedTest
    @ValueSource(ints = {60, 61, 62, 63, 64, 65, 66, 67, 68, 69})
    void comesDownSoonWhenTheServerBecomesSlow(int secondsBefore) {
        LimitController controller = new LimitController(new Bounds(1, 4, 64, Duration.ZERO));
        SimulatedServer server = new SimulatedServer(controller, 64, 8, batch -> 100);
        server.run(secondsBefore);
        assertTrue(controller.limit() >= 48, "limit " + controller.limit());
        server.become(1, batch -> 170 * batch);
        server.run(120);
        int median = medianLimit(controller, server, 60);
        assertTrue(median <= 36, "median limit " + median);
    }

    @ParameterizedTest
    @CsvSource({"170, 30, 32", "1000, 5, 8", "20000, 1, 3", "10, 64, 64"})
    void keepsSecondsOfWorkAtHand(int millisASample, int least, int most) {
        LimitController controller = new LimitController(new Bounds(1, 4, 64, Duration.ofSeconds(5)));
        SimulatedServer server = new SimulatedServer(controller, 1, 64, batch -> millisASample * batch);
        server.run(Math.max(120, millisASample));
        for (int i = 0; i < 100; i++) {
            server.run(millisASample / 1000.0);
            assertTrue(
                    controller.limit() >= least - 1 && controller.limit() <= Math.min(64, 1.6 * most),
                    "limit " + controller.limit());
        }
    }

    @Test
    void hasNoMoreAtHandThanTheServerAccepts() {
        LimitController controller = new LimitController(new Bounds(1, 4, 64, Duration.ofSeconds(5)));
        SimulatedServer server = new SimulatedServer(controller, 64, 1, batch -> 50).refusingAbove(12);
        server.run(60);
        int median = medianLimit(controller, server, 100);
        assertTrue(median >= 4 && median <= 12, "median limit " + median);
    }

    @Test
    void learnsNothingWithoutDemand() {
        LimitController controller = new LimitController(new Bounds(1, 8, 64, Duration.ZERO));
        for (int i = 1; i <= 1000; i++) {
            controller.sampled(i * SECOND / 10, i * SECOND / 10 - SECOND / 20, 1);
        }
        assertEquals(8, controller.limit());
    }

    @Test
    void keepsToItsBounds() {
        LimitController controller = new LimitController(new Bounds(2, 3, 5, Duration.ZERO));
        SimulatedServer server = new SimulatedServer(controller, 64, 1, batch -> 10);
        for (int i = 0; i < 200; i++) {
            server.run(0.5);
            assertTrue(controller.limit() >= 2 && controller.limit() <= 5);
        }
        for (int i = 0; i < 10; i++) {
            controller.refused(1000 * SECOND + i * SECOND, 1000 * SECOND + i * SECOND);
        }
        assertEquals(2, controller.limit());
        assertThrows(IllegalArgumentException.class, () -> new Bounds(0, 1, 1, Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class, () -> new Bounds(1, 1, 1, Duration.ofSeconds(-1)), "a negative time");
        assertThrows(IllegalArgumentException.class, () -> new Bounds(2, 1, 4, Duration.ZERO));
    }
}
