package io.synthray.trainer.data;

/**
 * An example of the test split.
 *
 * @param key the case's name outside the data set, 16 hexadecimal digits
 * @param example image and truth
 */
public record TestCase(String key, Example example) {}
