package io.synthray.imaging.transform;

/**
 * An augmented training example. The arrays belong to the caller.
 *
 * @param image side * side grey levels in 0..1, row-major
 * @param planes for each structure side * side values, 1 inside and 0 outside
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier on the way into a tensor; never compared.
public record Augmented(float[] image, float[][] planes) {}
