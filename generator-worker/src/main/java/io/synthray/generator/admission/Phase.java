package io.synthray.generator.admission;

/** What the limit controller is doing. */
sealed interface Phase {
    /**
     * Trying another limit.
     *
     * @param previousLimit limit to return to when the trial does not pay
     * @param previousThroughput samples a second under it
     */
    record Probing(int previousLimit, double previousThroughput) implements Phase {}

    /**
     * Staying.
     *
     * @param latency mean latency in nanoseconds of the first window of the stay; 0 until there is one
     * @param windows windows left before the next trial
     */
    record Holding(double latency, int windows) implements Phase {}
}
