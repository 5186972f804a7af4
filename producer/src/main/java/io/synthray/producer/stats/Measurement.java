package io.synthray.producer.stats;

/**
 * A metric of one trial.
 *
 * @param arm name of the arm
 * @param metric name of the metric; larger is better
 * @param repeat 0 or more
 * @param value finite
 */
record Measurement(String arm, String metric, int repeat, double value) {}
