package io.synthray.trainer.trial;

import io.synthray.event.Training;
import java.util.function.LongSupplier;

/** Turns steps into reports, one an epoch. */
final class ProgressMeter {
    private static final double NANOS = 1e9;

    private final int steps;
    private final int stepsPerEpoch;
    private final int batchSize;
    private final TrialObserver observer;
    private final LongSupplier nanoTime;
    private final long started;
    private long reported;
    private int stepsReported;
    private double losses;

    ProgressMeter(Training training, TrialObserver observer, LongSupplier nanoTime) {
        this.steps = training.getSteps();
        this.stepsPerEpoch = training.getStepsPerEpoch();
        this.batchSize = training.getBatchSize();
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.reported = started;
    }

    /** @param done steps done so far, this one included */
    void step(int done, double loss) {
        losses += loss;
        if (done % stepsPerEpoch != 0 && done != steps) {
            return;
        }
        long now = nanoTime.getAsLong();
        int since = done - stepsReported;
        observer.progress(new Progress(
                epochs(done),
                epochs(steps),
                done,
                steps,
                losses / since,
                since * batchSize * NANOS / Math.max(1, now - reported),
                (now - started) / NANOS / done * (steps - done)));
        reported = now;
        stepsReported = done;
        losses = 0;
    }

    private int epochs(int stepsDone) {
        return (stepsDone + stepsPerEpoch - 1) / stepsPerEpoch;
    }

    /** Seconds since the first step began. */
    double seconds() {
        return (nanoTime.getAsLong() - started) / NANOS;
    }
}
