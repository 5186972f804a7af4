package io.synthray.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.trainer.data.UnavailableDataException;
import io.synthray.trainer.data.UnusableDataException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Patience patience = new Patience();

    @Test
    void triesAgainWhatIsAway() {
        AtomicInteger tries = new AtomicInteger();
        int value = patience.untilAvailable(() -> {
            if (tries.incrementAndGet() < 2) {
                throw new UnavailableDataException("away");
            }
            return 42;
        });
        assertEquals(42, value);
        assertEquals(2, tries.get());
    }

    @Test
    void passesOnWhatWaitingDoesNotHelp() {
        assertThrows(
                UnusableDataException.class,
                () -> patience.untilAvailable(() -> {
                    throw new UnusableDataException("never");
                }));
    }

    @Test
    void endsAtOnceWhenTheWorkerStops() {
        patience.stop();
        // The fastest of a few: a busy machine may be as slow as the first wait is long.
        long fastest = LongStream.generate(this::nanosToTheEnd).limit(5).min().orElseThrow();
        assertTrue(fastest < Duration.ofMillis(900).toNanos(), fastest + " ns");
    }

    private long nanosToTheEnd() {
        long started = System.nanoTime();
        assertThrows(
                StoppedException.class,
                () -> patience.untilAvailable(() -> {
                    throw new UnavailableDataException("away");
                }));
        return System.nanoTime() - started;
    }
}
