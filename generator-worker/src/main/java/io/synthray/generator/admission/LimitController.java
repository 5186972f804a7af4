package io.synthray.generator.admission;

import io.synthray.generator.admission.Phase.Holding;
import io.synthray.generator.admission.Phase.Probing;

/**
 * Searches for the number of samples in flight beyond which a server gains nothing. By Little's law, samples in flight are
 * throughput times latency: where more of them only wait in the server's queue, latency grows and throughput does not.
 *
 * <p>So the limit climbs by half while each step brings a fair part of the throughput that it could bring, goes back when it
 * does not, and after a while tries again, downwards and upwards in turn. It falls by a quarter when latency doubles during
 * a stay, and by half when the server refuses work or is away (additive trial, multiplicative retreat, as in TCP: Chiu and
 * Jain, 1989). Not safe for use by several threads; time comes in from outside.
 */
public final class LimitController {
    private static final double FAIR_PART = 0.15;
    private static final double NO_LOSS = 0.99;
    private static final double INFLATION = 2;
    private static final int STAY = 8;
    private static final int STAY_AFTER_REFUSAL = 1;

    private final Bounds bounds;
    private int limit;
    private Phase phase = new Probing(0, 0);
    private boolean nextDown = true;
    private Window window;
    private long lastCutNanos = Long.MIN_VALUE;

    /** Begins at the bounds' initial limit. */
    public LimitController(Bounds bounds) {
        this.bounds = bounds;
        setLimit(bounds.initial());
    }

    /** How many samples may be in flight now. */
    public int limit() {
        return limit;
    }

    /**
     * A sample came back.
     *
     * @param nowNanos a monotonic clock
     * @param latencyNanos how long it took
     * @param inFlight samples in flight just before, this one included
     */
    public void sampled(long nowNanos, long latencyNanos, int inFlight) {
        window.add(nowNanos, latencyNanos, inFlight);
        if (!window.isComplete(nowNanos)) {
            return;
        }
        if (window.isSaturated()) {
            conclude(window.throughput(nowNanos), window.meanLatency());
        }
        window = new Window(limit);
    }

    /**
     * The server refused a sample or was away. Samples begun before the last retreat count no more, so that one outage is
     * one retreat for all that were in flight.
     *
     * @param nowNanos a monotonic clock
     * @param latencyNanos how long ago the sample began
     */
    public void refused(long nowNanos, long latencyNanos) {
        if (nowNanos - latencyNanos >= lastCutNanos) {
            lastCutNanos = nowNanos;
            phase = new Holding(0, STAY_AFTER_REFUSAL);
            setLimit(limit / 2);
        }
    }

    private void conclude(double throughput, double latency) {
        if (phase instanceof Probing probing) {
            if (pays(probing, throughput)) {
                probe(limit > probing.previousLimit(), throughput);
            } else {
                phase = new Holding(0, STAY);
                setLimit(probing.previousLimit());
            }
        } else if (phase instanceof Holding holding) {
            if (holding.latency() > 0 && latency > INFLATION * holding.latency()) {
                phase = new Holding(0, STAY);
                setLimit(limit - Math.max(1, limit / 4));
            } else if (holding.windows() <= 1) {
                boolean down = nextDown && limit > bounds.min();
                nextDown = !nextDown;
                probe(!down, throughput);
            } else {
                double reference = holding.latency() > 0 ? holding.latency() : latency;
                phase = new Holding(reference, holding.windows() - 1);
            }
        }
    }

    private boolean pays(Probing probing, double throughput) {
        if (limit < probing.previousLimit()) {
            return throughput >= NO_LOSS * probing.previousThroughput();
        }
        double possible = (double) (limit - probing.previousLimit()) / Math.max(1, probing.previousLimit());
        return throughput >= probing.previousThroughput() * (1 + FAIR_PART * possible);
    }

    private void probe(boolean up, double throughput) {
        int before = limit;
        setLimit(up ? limit + Math.max(1, limit / 2) : limit - Math.max(1, limit / 4));
        phase = limit == before ? new Holding(0, STAY) : new Probing(before, throughput);
    }

    private void setLimit(int wanted) {
        limit = bounds.clamp(wanted);
        window = new Window(limit);
    }
}
