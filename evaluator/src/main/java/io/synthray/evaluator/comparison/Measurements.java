package io.synthray.evaluator.comparison;

/** The metric that a comparison speaks of, trial by trial. */
@FunctionalInterface
public interface Measurements {
    /**
     * What is known of the metric in one trial.
     *
     * @param arm name of the arm
     * @param repeat 1..n
     */
    Measurement of(String arm, int repeat);
}
