package io.synthray.local.platform;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
public final class Await {
    private static final long PAUSE_MILLIS = 100;

    private Await() {}

    /**
     * Asks ten times a second until it is so.
     *
     * @param what is waited for, for the message
     * @throws AssertionError when it is not so in time
     * @throws IllegalStateException when the thread is interrupted
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited %d s for %s".formatted(limit.toSeconds(), what));
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
    }
}
