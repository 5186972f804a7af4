package io.synthray.generator.admission;

/**
 * Samples under one limit: their throughput and mean latency. The throughput is that of Little's law, samples in flight over latency, not
 * a count by the clock: a server that draws in batches gives eight at a time or none, and a count of few would tell how many batches
 * ended, where each latency tells of all the batches that the sample waited for.
 */
final class Window {
    private static final int LEAST_SAMPLES = 10;
    private static final long LEAST_NANOS = 1_000_000_000L;

    private final int limit;
    private final long beganNanos;
    private int samples;
    private double latencySum;
    private double inFlightSum;
    private int peak;

    /**
     * @param limit the limit that holds
     * @param beganNanos now
     */
    Window(int limit, long beganNanos) {
        this.limit = limit;
        this.beganNanos = beganNanos;
    }

    /**
     * Takes note of a sample that came back.
     *
     * @param inFlight samples in flight when it began, itself included
     */
    void add(long latencyNanos, int inFlight) {
        samples++;
        latencySum += latencyNanos;
        inFlightSum += inFlight;
        peak = Math.max(peak, inFlight);
    }

    boolean isComplete(long nowNanos) {
        return samples >= Math.max(LEAST_SAMPLES, limit / 2) && nowNanos - beganNanos >= LEAST_NANOS;
    }

    /** Whether demand reached the limit, without which throughput says nothing about it. */
    boolean isSaturated() {
        return peak >= limit;
    }

    /** Samples a second. */
    double throughput() {
        return 1e9 * inFlightSum / latencySum;
    }

    /** Nanoseconds. */
    double meanLatency() {
        return latencySum / samples;
    }
}
