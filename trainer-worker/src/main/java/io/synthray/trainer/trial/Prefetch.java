package io.synthray.trainer.trial;

import io.synthray.trainer.data.Awaited;
import io.synthray.trainer.engine.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Makes the batches of the steps to come while the network is busy with this one. */
final class Prefetch implements AutoCloseable {
    private static final int AHEAD = 2;
    private static final double NANOS = 1e9;

    private final IntFunction<Batch> batches;
    private final int steps;
    private final Deque<Future<Batch>> coming = new ArrayDeque<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "batches");
        thread.setDaemon(true);
        return thread;
    });
    private int next;
    private long waited;

    /**
     * @param batches the batch of a step; asked by one thread
     * @param first the step that is taken first
     * @param steps all steps
     */
    Prefetch(IntFunction<Batch> batches, int first, int steps) {
        this.batches = batches;
        this.next = first;
        this.steps = steps;
    }

    /** The batch of the next step. */
    Batch take() {
        while (coming.size() <= AHEAD && next < steps) {
            int step = next++;
            coming.add(executor.submit(() -> batches.apply(step)));
        }
        long began = System.nanoTime();
        try {
            return Awaited.result(coming.remove(), "a batch was made");
        } finally {
            waited += System.nanoTime() - began;
        }
    }

    /** Seconds in which {@link #take()} has waited so far. */
    double waitedSeconds() {
        return waited / NANOS;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
