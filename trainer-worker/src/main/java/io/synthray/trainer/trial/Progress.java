package io.synthray.trainer.trial;

import io.synthray.event.Checkpoint;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a training has come.
 *
 * @param epoch epochs done, 1..epochs
 * @param epochs all epochs; the last may be short
 * @param step steps done
 * @param steps all steps
 * @param loss mean loss since the previous report
 * @param imagesPerSecond training images a second since the previous report
 * @param secondsLeft estimate from the mean pace so far
 * @param validation the task's metric on the validation images, if there are any
 * @param checkpoint where the training can be resumed from, if it was kept
 */
public record Progress(
        int epoch,
        int epochs,
        int step,
        int steps,
        double loss,
        double imagesPerSecond,
        double secondsLeft,
        OptionalDouble validation,
        Optional<Checkpoint> checkpoint) {}
