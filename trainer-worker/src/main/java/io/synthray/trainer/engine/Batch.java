package io.synthray.trainer.engine;

/**
 * Images and what the network should say of them. The arrays are not copied; whoever holds a batch must not change them
 * during a step.
 *
 * @param size images
 * @param images {@code size * side * side} pixels, row-major, each image of mean 0 and standard deviation 1
 * @param targets {@code size * valuesPerImage} values of 0 or 1; for a U-Net structure by structure, each row-major
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between data and engine; never compared.
public record Batch(int size, float[] images, float[] targets) {}
