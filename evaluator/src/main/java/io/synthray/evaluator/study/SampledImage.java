package io.synthray.evaluator.study;

/**
 * An image of the sample.
 *
 * @param hash of its request
 * @param index in its image set
 * @param features in steps
 */
@SuppressWarnings("ArrayRecordComponent") // Kept and read back; nobody compares them.
public record SampledImage(long hash, int index, short[] features) {}
