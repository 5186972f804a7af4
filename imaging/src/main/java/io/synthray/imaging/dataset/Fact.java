package io.synthray.imaging.dataset;

/**
 * A count that describes a data set's files.
 *
 * @param section what it belongs to, for example {@code views}
 * @param name what is counted
 * @param count how many
 */
public record Fact(String section, String name, long count) {}
