package io.synthray.statistics;

/**
 * A bootstrap interval and what it rests on.
 *
 * @param estimate statistic of the data as they are
 * @param interval of the statistic
 * @param repeats number of repeats
 * @param patients number of test patients
 * @param resamples how often both were drawn
 */
public record BootstrapInterval(double estimate, Interval interval, int repeats, int patients, int resamples) {}
