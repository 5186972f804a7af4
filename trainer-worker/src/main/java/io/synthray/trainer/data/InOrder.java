package io.synthray.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Does pieces of work that do not depend on each other on a few threads; what comes out has the order of the pieces. */
final class InOrder {
    /** Enough to have one object on its way while others are decoded, and few enough to hold few undecoded ones. */
    private static final int THREADS = 4;

    private InOrder() {}

    /**
     * The result of every piece.
     *
     * @param work may be done by several threads at a time
     * @throws RuntimeException that of the first piece, in their order, whose work throws one; nothing is at work any more when it is thrown
     */
    static <A, B> List<B> map(List<A> pieces, Function<A, B> work) {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, runnable -> {
            Thread thread = new Thread(runnable, "images");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<B>> coming = new ArrayList<>();
        try {
            pieces.forEach(piece -> coming.add(executor.submit(() -> work.apply(piece))));
            List<B> results = new ArrayList<>(coming.size());
            for (Future<B> each : coming) {
                results.add(Awaited.result(each, "images were read"));
            }
            return results;
        } finally {
            // What has begun ends by itself: an interrupt would close a file that it writes for everybody.
            coming.forEach(each -> each.cancel(false));
            end(executor);
        }
    }

    private static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
