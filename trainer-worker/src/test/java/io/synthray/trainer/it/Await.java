package io.synthray.trainer.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Await {
    private Await() {}

    /** Asks ten times a second until it is so. */
    static void until(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited %d s for %s".formatted(limit.toSeconds(), what));
            }
            Thread.sleep(100);
        }
    }
}
