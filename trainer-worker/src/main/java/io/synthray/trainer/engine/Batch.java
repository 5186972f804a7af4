package io.synthray.trainer.engine;

/**
 * Images and what the network should say of them. The arrays are not copied; whoever holds a batch must not change them
 * during a step.
 *
 * @param size images
 * @param images {@code size * side * side} pixels, row-major, each image of mean 0 and standard deviation 1
 * @param targets {@code size * valuesPerImage} values of 0 or 1, NaN where it is not known; for a U-Net structure by structure, each
 *     row-major
 * @param weights for each image what it weighs in the loss, above 0; empty where each weighs the same
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between data and engine; never compared.
public record Batch(int size, float[] images, float[] targets, float[] weights) {
    private static final float[] ALIKE = {};

    /** A batch whose images weigh the same. */
    public Batch(int size, float[] images, float[] targets) {
        this(size, images, targets, ALIKE);
    }
}
