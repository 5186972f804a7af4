/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The requests that wait, first come first served, and the threads that execute them. */
final class RequestQueue {

    private static final Duration LAST_REQUESTS = Duration.ofSeconds(30);

    private final ThreadPoolExecutor workers;

    RequestQueue(int threads, int capacity) {
        workers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(capacity), new WorkerThreads());
    }

    /** Queues a request; false if the queue is full or closed. */
    boolean offer(Runnable request) {
        try {
            workers.execute(request);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes no more and waits for those at work; true if none is left, so that models may be closed. */
    boolean close() {
        workers.shutdownNow();
        try {
            return workers.awaitTermination(LAST_REQUESTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
