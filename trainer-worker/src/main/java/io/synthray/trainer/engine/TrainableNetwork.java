package io.synthray.trainer.engine;

import java.util.List;

/** A network on its way from initial weights to trained ones. Belongs to the thread that made it. */
public interface TrainableNetwork extends AutoCloseable {
    /**
     * One optimiser step.
     *
     * @param learningRate of this step, 0 or more
     * @return the batch's loss before the step, NaN where its gradient is not finite; the weights stay as they are where it is no finite number
     */
    double step(Batch batch, double learningRate);

    /**
     * Images of which the network says no number, each taken by itself as in a training step: a batch's statistics, which are no numbers either once one
     * of its images has none, do not count.
     *
     * @return indexes of images of the batch, ascending
     */
    List<Integer> undefined(Batch batch);

    /**
     * Probabilities that the network gives, as it does after training: by the moving average of its weights where there is one. They sum to 1 for each
     * image where classes exclude each other.
     *
     * @param images {@code count * side * side} pixels
     * @param count images, 1 or more
     * @return {@code count * valuesPerImage} numbers of 0..1 in the order of {@link Batch#targets()}
     */
    float[] probabilities(float[] images, int count);

    /**
     * Everything that later steps and probabilities depend on: weights, what normalisations and the optimiser remember, the moving
     * average. A file in the safetensors format; the weights have their names in it and can be read by any program that knows the format.
     */
    byte[] state();

    /**
     * Puts the network where another one of the same shape and optimisation was.
     *
     * @param state as {@link #state()} gave it
     * @throws UnusableWeightsException when it is not of such a network
     */
    void restore(byte[] state);

    /**
     * Takes weights of another network as initial ones: those whose name and shape agree. Others stay as the seed made them.
     *
     * @param weights a file in the safetensors format
     * @return the names of the tensors that were taken, one or more
     * @throws UnusableWeightsException when it is no such file, or no tensor agrees
     */
    List<String> begin(byte[] weights);

    /** Frees the memory outside the Java heap. */
    @Override
    void close();
}
