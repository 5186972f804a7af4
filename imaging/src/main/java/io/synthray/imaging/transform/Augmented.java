package io.synthray.imaging.transform;

/**
 * An augmented training example. The arrays belong to the caller.
 *
 * @param image side * side grey levels in 0..1, row-major
 * @param planes for each structure side * side values, 1 inside and 0 outside, in the order in which they came in
 * @param mirrored whether left is right now; giving the planes and labels of such structures their new names is the caller's
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier on the way into a tensor; never compared.
public record Augmented(float[] image, float[][] planes, boolean mirrored) {}
