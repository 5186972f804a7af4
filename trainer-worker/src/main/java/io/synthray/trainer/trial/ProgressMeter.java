package io.synthray.trainer.trial;

import io.synthray.event.Checkpoint;
import io.synthray.event.Training;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Turns steps into reports, one an epoch. */
final class ProgressMeter {
    private static final double NANOS = 1e9;

    private final int steps;
    private final int stepsPerEpoch;
    private final int batchSize;
    private final int first;
    private final LongSupplier nanoTime;
    private final long started;
    private long reported;
    private int stepsReported;
    private double losses;

    /** @param first steps that were done before */
    ProgressMeter(Training training, int first, LongSupplier nanoTime) {
        this.steps = training.getSteps();
        this.stepsPerEpoch = training.getStepsPerEpoch();
        this.batchSize = training.getBatchSize();
        this.first = first;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.reported = started;
        this.stepsReported = first;
    }

    /** A step is done. */
    void step(double loss) {
        losses += loss;
    }

    /** Whether an epoch ends with so many steps. */
    boolean endsEpoch(int done) {
        return done % stepsPerEpoch == 0 || done == steps;
    }

    /** The report of an epoch that ends with so many steps. */
    Progress report(int done, OptionalDouble validation, Optional<Checkpoint> checkpoint) {
        long now = nanoTime.getAsLong();
        int since = done - stepsReported;
        Progress progress = new Progress(
                epoch(done),
                epoch(steps),
                done,
                steps,
                losses / since,
                since * batchSize * NANOS / Math.max(1, now - reported),
                (now - started) / NANOS / (done - first) * (steps - done),
                validation,
                checkpoint);
        reported = now;
        stepsReported = done;
        losses = 0;
        return progress;
    }

    /** The epoch, 1.., that a number of steps ends in. */
    int epoch(int stepsDone) {
        return (stepsDone + stepsPerEpoch - 1) / stepsPerEpoch;
    }

    /** The batch within its epoch, 1.., that a number of steps ends with. */
    int batch(int stepsDone) {
        return (stepsDone - 1) % stepsPerEpoch + 1;
    }

    /** Seconds since the first step began. */
    double seconds() {
        return (nanoTime.getAsLong() - started) / NANOS;
    }
}
