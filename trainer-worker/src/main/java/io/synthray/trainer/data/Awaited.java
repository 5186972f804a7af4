package io.synthray.trainer.data;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What work on another thread came to, as if it had been done on this one. */
public final class Awaited {
    private Awaited() {}

    /**
     * Waits for a result.
     *
     * @param work what is done meanwhile, for the message
     * @throws RuntimeException that of the work, or {@link IllegalStateException} when this thread is interrupted
     */
    public static <T> T result(Future<T> coming, String work) {
        try {
            return coming.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + work, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
