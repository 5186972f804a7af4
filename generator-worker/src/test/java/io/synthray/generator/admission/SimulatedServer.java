package io.synthray.generator.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;

/**
 * A server in simulated time under unlimited demand: as many samples are sent as the controller allows. {@code slots} batches
 * run at once; a batch takes all that waits, at most {@code largestBatch}, for {@code millis} of its size.
 */
final class SimulatedServer {
    private static final long MILLI = 1_000_000L;

    private final LimitController controller;
    private final int largestBatch;
    private int slots;
    private IntUnaryOperator millis;
    private final Deque<Sample> queue = new ArrayDeque<>();
    private final PriorityQueue<Batch> running = new PriorityQueue<>();
    private long now;
    private int inFlight;
    private int refuseAbove = Integer.MAX_VALUE;

    private record Sample(long begun, int inFlight) {}

    private record Batch(long end, Sample[] samples) implements Comparable<Batch> {
        @Override
        public int compareTo(Batch other) {
            return Long.compare(end, other.end);
        }
    }

    SimulatedServer(LimitController controller, int slots, int largestBatch, IntUnaryOperator millis) {
        this.controller = controller;
        this.slots = slots;
        this.largestBatch = largestBatch;
        this.millis = millis;
    }

    SimulatedServer refusingAbove(int inFlightLimit) {
        this.refuseAbove = inFlightLimit;
        return this;
    }

    /** Another model from now on, for batches that have not begun. */
    void become(int otherSlots, IntUnaryOperator otherMillis) {
        this.slots = otherSlots;
        this.millis = otherMillis;
    }

    /** Serves samples for this long and returns the throughput in samples a second. */
    double run(double seconds) {
        long began = now;
        long end = now + (long) (seconds * 1e9);
        int served = 0;
        send();
        begin();
        while (now < end) {
            Batch batch = running.poll();
            now = batch.end();
            for (Sample sample : batch.samples()) {
                controller.sampled(now, sample.begun(), sample.inFlight());
                inFlight--;
                served++;
                send();
            }
            begin();
        }
        return served * 1e9 / (now - began);
    }

    private void send() {
        while (inFlight < controller.limit()) {
            if (inFlight >= refuseAbove) {
                now += MILLI;
                controller.refused(now, now - MILLI / 2);
                continue;
            }
            inFlight++;
            queue.add(new Sample(now, inFlight));
        }
    }

    private void begin() {
        while (running.size() < slots && !queue.isEmpty()) {
            Sample[] samples = new Sample[Math.min(largestBatch, queue.size())];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = queue.poll();
            }
            running.add(new Batch(now + MILLI * millis.applyAsInt(samples.length), samples));
        }
    }
}
