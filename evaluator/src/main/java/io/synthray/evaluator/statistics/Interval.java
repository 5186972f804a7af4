package io.synthray.evaluator.statistics;

/**
 * A closed interval, in units of the metric.
 *
 * @param low lower end
 * @param high upper end, not below {@code low}
 */
public record Interval(double low, double high) {}
