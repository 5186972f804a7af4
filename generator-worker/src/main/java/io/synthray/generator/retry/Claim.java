package io.synthray.generator.retry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A worker's right to go on with one record. Once given up, nothing new is begun for the record; what runs may end, since its
 * effects are safe to repeat.
 */
public final class Claim {
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    /** Gives the record up. */
    public void giveUp() {
        givenUp.complete(null);
    }

    /** Whether it was given up. */
    public boolean isGivenUp() {
        return givenUp.isDone();
    }

    /** @throws GivenUpException when it was given up */
    public void require() {
        if (isGivenUp()) {
            throw new GivenUpException();
        }
    }

    /** The future itself, cancelled as soon as the record is given up. */
    public <T> CompletableFuture<T> guard(CompletableFuture<T> waiting) {
        var unused = givenUp.thenRun(() -> waiting.cancel(false));
        return waiting;
    }

    /** Completes after the wait, or as soon as the record is given up. */
    CompletableFuture<Void> pause(Duration wait) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        var unused = givenUp.thenRun(() -> pause.complete(null));
        return pause.completeOnTimeout(null, wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
