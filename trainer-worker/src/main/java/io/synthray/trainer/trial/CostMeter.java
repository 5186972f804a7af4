package io.synthray.trainer.trial;

import io.synthray.trainer.engine.ComputeDevice;

/** Measures what a training uses, from its making on, and adds it to what other workers have used for it before. */
final class CostMeter {
    private static final double NANOS = 1e9;

    private final Spent before;
    private final ComputeDevice device;
    private final double cpuBefore = Cost.cpuSeconds();
    private final long began = System.nanoTime();

    /**
     * Begins to measure.
     *
     * @param before what was used before, by this or other workers
     * @param device what steps are computed on
     */
    CostMeter(Spent before, ComputeDevice device) {
        this.before = before;
        this.device = device;
    }

    /**
     * What has been used so far.
     *
     * @param seconds wall-clock seconds of the steps that this worker has made
     * @param waited seconds of them in which the network waited for batches
     */
    Spent soFar(double seconds, double waited) {
        double held = device == ComputeDevice.CPU ? Double.NaN : (System.nanoTime() - began) / NANOS;
        return before.plus(new Spent(seconds, waited, Cost.cpuSeconds() - cpuBefore, held));
    }
}
