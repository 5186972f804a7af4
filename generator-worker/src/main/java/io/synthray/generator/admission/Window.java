package io.synthray.generator.admission;

/** Samples that ended while one limit held: their throughput and mean latency. */
final class Window {
    private static final int LEAST_SAMPLES = 10;
    private static final long LEAST_NANOS = 500_000_000L;

    private final int limit;
    private int warmUp;
    private long beginNanos = Long.MIN_VALUE;
    private int samples;
    private double latencySum;
    private int peak;

    /** @param limit the limit that holds; as many samples, begun under the one before, are left out */
    Window(int limit) {
        this.limit = limit;
        this.warmUp = limit;
    }

    void add(long nowNanos, long latencyNanos, int inFlight) {
        if (warmUp > 0) {
            warmUp--;
            beginNanos = nowNanos;
            return;
        }
        samples++;
        latencySum += latencyNanos;
        peak = Math.max(peak, inFlight);
    }

    boolean isComplete(long nowNanos) {
        return samples >= Math.max(LEAST_SAMPLES, 2 * limit) && nowNanos - beginNanos >= LEAST_NANOS;
    }

    /** Whether demand reached the limit, without which throughput says nothing about it. */
    boolean isSaturated() {
        return peak >= limit;
    }

    /** Samples a second. */
    double throughput(long nowNanos) {
        return samples * 1e9 / (nowNanos - beginNanos);
    }

    /** Nanoseconds. */
    double meanLatency() {
        return latencySum / samples;
    }
}
