package io.synthray.generator.admission;

import io.synthray.generator.admission.Phase.Holding;
import io.synthray.generator.admission.Phase.Probing;
import java.time.Duration;

/**
 * Searches for the number of samples in flight beyond which a server gains nothing. By Little's law, samples in flight are
 * throughput times latency: where more of them only wait in the server's queue, latency grows and throughput does not.
 *
 * <p>So the limit climbs by half while each step brings a fair part of the throughput that it could bring, goes back when it
 * does not, and after a while tries again, downwards and upwards in turn. When latency doubles during a stay, the server is another one or
 * has other work, and the limit is soon tried downwards; it falls by half when the server refuses work or is away (additive trial,
 * multiplicative retreat, as in TCP: Chiu and Jain, 1989). It does not fall below what the server gets through in {@link Bounds#atHand},
 * unless the server has lately refused work. Not safe for use by several threads; time comes in from outside.
 */
public final class LimitController {
    /** Small, as more samples in flight cost little and idle time of the server much: half as many more must bring 2.5%. */
    private static final double FAIR_PART = 0.05;

    private static final double NO_LOSS = 0.99;
    private static final double INFLATION = 2;
    private static final int STAY = 4;
    private static final int STAY_AFTER_REFUSAL = 1;

    /** Samples that were sent to the server as it was before make it look better than it is. */
    private static final int STAY_AFTER_INFLATION = 3;

    /** A server that refuses work has as much at hand as it wants. */
    private static final long REMEMBERED_NANOS = Duration.ofMinutes(5).toNanos();

    private final Bounds bounds;
    private int limit;
    private Phase phase = new Probing(0, 0);
    private boolean nextDown = true;
    private Window window;
    private long changedNanos = Long.MIN_VALUE;
    private long lastCutNanos = Long.MIN_VALUE;

    /** Begins at the bounds' initial limit. */
    public LimitController(Bounds bounds) {
        this.bounds = bounds;
        this.limit = bounds.initial();
    }

    /** How many samples may be in flight now. */
    public int limit() {
        return limit;
    }

    /**
     * A sample came back. Those that began before the limit changed say nothing about the new one.
     *
     * @param nowNanos a monotonic clock
     * @param beganNanos when it began, by the same clock
     * @param inFlight samples in flight when it began, itself included
     */
    public void sampled(long nowNanos, long beganNanos, int inFlight) {
        if (beganNanos < changedNanos) {
            return;
        }
        if (window == null) {
            window = new Window(limit, nowNanos);
        }
        window.add(nowNanos - beganNanos, inFlight);
        if (window.isComplete(nowNanos)) {
            Window complete = window;
            window = null;
            if (complete.isSaturated()) {
                conclude(nowNanos, complete.throughput(), complete.meanLatency());
            }
        }
    }

    /**
     * The server refused a sample or was away. Samples begun before the last retreat count no more, so that one outage is
     * one retreat for all that were in flight.
     *
     * @param nowNanos a monotonic clock
     * @param beganNanos when the sample began, by the same clock
     */
    public void refused(long nowNanos, long beganNanos) {
        if (beganNanos >= lastCutNanos) {
            lastCutNanos = nowNanos;
            phase = new Holding(0, STAY_AFTER_REFUSAL);
            setLimit(nowNanos, limit / 2);
        }
    }

    private void conclude(long nowNanos, double throughput, double latency) {
        int least = refusedLately(nowNanos) ? bounds.min() : bounds.samplesAtHand(throughput);
        if (limit < least) {
            phase = new Holding(0, STAY);
            setLimit(nowNanos, least);
        } else if (phase instanceof Probing probing) {
            if (pays(probing, throughput)) {
                probe(nowNanos, limit > probing.previousLimit(), throughput, least);
            } else {
                phase = new Holding(0, STAY);
                setLimit(nowNanos, probing.previousLimit());
            }
        } else if (phase instanceof Holding holding) {
            if (holding.latency() > 0 && latency > INFLATION * holding.latency()) {
                phase = new Holding(0, STAY_AFTER_INFLATION);
                nextDown = true;
            } else if (holding.windows() <= 1) {
                boolean down = nextDown && limit > least;
                nextDown = !nextDown;
                probe(nowNanos, !down, throughput, least);
            } else {
                double reference = holding.latency() > 0 ? holding.latency() : latency;
                phase = new Holding(reference, holding.windows() - 1);
            }
        }
    }

    private boolean refusedLately(long nowNanos) {
        return lastCutNanos != Long.MIN_VALUE && nowNanos - lastCutNanos < REMEMBERED_NANOS;
    }

    private boolean pays(Probing probing, double throughput) {
        if (limit < probing.previousLimit()) {
            return throughput >= NO_LOSS * probing.previousThroughput();
        }
        double possible = (double) (limit - probing.previousLimit()) / Math.max(1, probing.previousLimit());
        return throughput >= probing.previousThroughput() * (1 + FAIR_PART * possible);
    }

    private void probe(long nowNanos, boolean up, double throughput, int least) {
        int before = limit;
        setLimit(nowNanos, up ? limit + Math.max(1, limit / 2) : Math.max(least, limit - Math.max(1, limit / 4)));
        phase = limit == before ? new Holding(0, STAY) : new Probing(before, throughput);
    }

    private void setLimit(long nowNanos, int wanted) {
        int clamped = bounds.clamp(wanted);
        if (clamped != limit) {
            limit = clamped;
            changedNanos = nowNanos;
            window = null;
        }
    }
}
