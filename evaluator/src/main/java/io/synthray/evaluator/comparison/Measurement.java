package io.synthray.evaluator.comparison;

/** What is known of one trial's metric. */
public sealed interface Measurement {
    /**
     * The trial has completed.
     *
     * @param value the metric, finite
     */
    record Measured(double value) implements Measurement {}

    /** The trial has not ended. */
    record Awaited() implements Measurement {}

    /**
     * There is no value and there will be none.
     *
     * @param why cause in one line, for the reader
     */
    record Lost(String why) implements Measurement {}
}
