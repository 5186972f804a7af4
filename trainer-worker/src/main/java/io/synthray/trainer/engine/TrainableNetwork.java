package io.synthray.trainer.engine;

/** A network on its way from initial weights to trained ones. Belongs to the thread that made it. */
public interface TrainableNetwork extends AutoCloseable {
    /**
     * One optimiser step: AdamW (Loshchilov and Hutter, arXiv 1711.05101) on gradients clipped to a norm of 1.
     *
     * @param learningRate of this step, 0 or more
     * @return the batch's loss before the step
     */
    double step(Batch batch, double learningRate);

    /**
     * Probabilities that the network gives, as it does after training.
     *
     * @param images {@code count * side * side} pixels
     * @param count images, 1 or more
     * @return {@code count * valuesPerImage} numbers of 0..1 in the order of {@link Batch#targets()}
     */
    float[] probabilities(float[] images, int count);

    /** Frees the memory outside the Java heap. */
    @Override
    void close();
}
