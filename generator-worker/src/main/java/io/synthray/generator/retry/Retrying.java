package io.synthray.generator.retry;

import io.synthray.inference.client.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Repeats what fails for a reason that passes, for as long as the record is claimed. */
public final class Retrying {
    private final Executor executor;
    private final Backoff backoff;

    /**
     * @param executor runs each further try; it may block
     * @param backoff waits between tries; where it gives up, the last failure is the result
     */
    public Retrying(Executor executor, Backoff backoff) {
        this.executor = executor;
        this.backoff = backoff;
    }

    /**
     * Tries until the answer is there, first on the caller's thread, which must be one of the executor's.
     *
     * @param claim ends the tries when given up
     * @param dependency decides which failures pass, and is told how it does
     * @param attempt one try
     * @return the answer, the first failure that does not pass, or {@link GivenUpException}
     */
    public <T> CompletableFuture<T> answer(Claim claim, Dependency dependency, Supplier<CompletableFuture<T>> attempt) {
        Tries<T> tries = new Tries<>(claim, dependency, attempt);
        tries.run();
        return tries.result;
    }

    private final class Tries<T> implements Runnable {
        private final Claim claim;
        private final Dependency dependency;
        private final Supplier<CompletableFuture<T>> attempt;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private int failures;

        Tries(Claim claim, Dependency dependency, Supplier<CompletableFuture<T>> attempt) {
            this.claim = claim;
            this.dependency = dependency;
            this.attempt = attempt;
        }

        @Override
        public void run() {
            CompletableFuture<T> answer;
            try {
                claim.require();
                answer = attempt.get();
            } catch (RuntimeException e) {
                answer = CompletableFuture.failedFuture(e);
            }
            var unused = answer.whenComplete(this::judge);
        }

        private void judge(T value, Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause == null) {
                dependency.answered();
                result.complete(value);
            } else if (claim.isGivenUp()) {
                result.completeExceptionally(new GivenUpException());
            } else if (dependency.mayPass(cause)) {
                dependency.failed(cause);
                failures++;
                backoff.delayAfter(failures).ifPresentOrElse(this::again, () -> result.completeExceptionally(cause));
            } else {
                result.completeExceptionally(cause);
            }
        }

        private void again(Duration wait) {
            var unused = claim.pause(wait).thenRunAsync(this, executor);
        }
    }
}
