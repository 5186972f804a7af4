package io.synthray.trainer.worker;

import io.synthray.trainer.data.UnavailableDataException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Waits out what is away for a while: tries again after 1, 2, 4, ... at most 30 seconds until it works or the worker stops. */
final class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration BRIEF = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * The action's result, however often it takes.
     *
     * @throws StoppedException when the worker stops before the action has worked
     */
    <T> T untilAvailable(Supplier<T> action) {
        for (Duration wait = FIRST; ; wait = longer(wait)) {
            try {
                return action.get();
            } catch (UnavailableDataException e) {
                LOG.warnf("%s; trying again in %d s", e.getMessage(), wait.toSeconds());
            }
            pause(wait);
        }
    }

    /**
     * Waits a fifth of a second.
     *
     * @throws StoppedException when the worker stops
     */
    void pauseBriefly() {
        pause(BRIEF);
    }

    private void pause(Duration wait) {
        try {
            if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /** Ends every wait. */
    void stop() {
        stopping.countDown();
    }

    /** Whether the worker stops. */
    boolean stopped() {
        return stopping.getCount() == 0;
    }
}
