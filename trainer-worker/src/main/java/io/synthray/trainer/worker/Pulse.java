package io.synthray.trainer.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** When the worker last got through its loop, for its health. Safe for several threads. */
final class Pulse {
    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong last = new AtomicLong(NEVER);

    void beat() {
        last.set(System.nanoTime());
    }

    /** Whether the loop has begun. */
    boolean begun() {
        return last.get() != NEVER;
    }

    /** Whether the loop has begun and its last beat is younger than this. */
    boolean youngerThan(Duration age) {
        return begun() && System.nanoTime() - last.get() < age.toNanos();
    }
}
