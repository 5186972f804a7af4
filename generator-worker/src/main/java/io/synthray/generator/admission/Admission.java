package io.synthray.generator.admission;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Lets samples through to the inference server, at most {@link LimitController#limit} at once for the whole worker. Studies
 * take turns whatever the lengths of their queues: start-time fair queueing (Goyal, Vin and Cheng, 1996) with one unit of
 * work a sample. Within a study, first come, first served.
 */
public final class Admission {
    private final LimitController controller;
    private final LongSupplier nanoTime;
    private final Map<String, StudyQueue> queues = new LinkedHashMap<>();
    private long virtualTime;
    private int inFlight;

    /** @param nanoTime a monotonic clock */
    public Admission(LimitController controller, LongSupplier nanoTime) {
        this.controller = controller;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks to be let through.
     *
     * @return completes, possibly on another caller's thread, with a permit to be given back; cancel it to leave the queue
     */
    public CompletableFuture<Permit> enter(String study) {
        CompletableFuture<Permit> turn = new CompletableFuture<>();
        synchronized (this) {
            queues.computeIfAbsent(study, name -> new StudyQueue()).join(turn, virtualTime);
        }
        letThrough();
        return turn;
    }

    /** Samples in flight. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** How many samples may be in flight now. */
    public synchronized int limit() {
        return controller.limit();
    }

    private void letThrough() {
        while (true) {
            Turn turn = next();
            if (turn == null) {
                return;
            }
            if (!turn.waiting().complete(turn.permit())) {
                turn.permit().unused();
            }
        }
    }

    /** Takes the turn of the study that has had the least, or null when nobody waits or nobody may pass. */
    private synchronized Turn next() {
        if (inFlight >= controller.limit()) {
            return null;
        }
        // A study that is ahead is remembered while its queue is empty, or it would come back with its lead forgotten.
        queues.values().removeIf(queue -> queue.isEmpty() && queue.served <= virtualTime);
        Optional<StudyQueue> first = queues.values().stream()
                .filter(queue -> !queue.isEmpty())
                .min(Comparator.comparingLong(queue -> queue.served));
        if (first.isEmpty()) {
            return null;
        }
        virtualTime = first.get().served;
        inFlight++;
        return new Turn(first.get().leave(), new Permit(this, nanoTime.getAsLong(), inFlight));
    }

    void sampled(long beganNanos, int place) {
        synchronized (this) {
            controller.sampled(nanoTime.getAsLong(), beganNanos, place);
            inFlight--;
        }
        letThrough();
    }

    void refused(long beganNanos) {
        synchronized (this) {
            controller.refused(nanoTime.getAsLong(), beganNanos);
            inFlight--;
        }
        letThrough();
    }

    void unused() {
        synchronized (this) {
            inFlight--;
        }
        letThrough();
    }

    private record Turn(CompletableFuture<Permit> waiting, Permit permit) {}

    /** Turns of one study: {@code served} is its virtual start time, which idle time must not lower. */
    private static final class StudyQueue {
        private final Deque<CompletableFuture<Permit>> waiting = new ArrayDeque<>();
        private long served;

        void join(CompletableFuture<Permit> turn, long virtualTime) {
            served = Math.max(served, virtualTime);
            waiting.add(turn);
        }

        CompletableFuture<Permit> leave() {
            served++;
            return waiting.poll();
        }

        boolean isEmpty() {
            waiting.removeIf(CompletableFuture::isDone);
            return waiting.isEmpty();
        }
    }
}
