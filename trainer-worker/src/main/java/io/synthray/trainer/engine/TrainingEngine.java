package io.synthray.trainer.engine;

/** Builds networks that can be trained. */
public interface TrainingEngine {
    /** Name and version, for instance {@code libtorch 2.10.0}. */
    String name();

    /** What steps are computed on. */
    ComputeDevice device();

    /** Whether an error that a network of this engine has thrown says that there was too little memory, on the processor or on the device. */
    boolean outOfMemory(RuntimeException error);

    /** Threads that one step runs on. Results are equal bit for bit only where this number is. */
    int threads();

    /**
     * Builds a network with initial weights that depend on the seed alone.
     *
     * @param seed seed of the initial weights
     * @throws UnsupportedNetworkException when the engine cannot build it, or the loss is not one of such a network
     */
    TrainableNetwork create(NetworkShape shape, Objective objective, Optimisation optimisation, long seed);

    /**
     * Loads a network of the user's own.
     *
     * @param script the network
     * @param shape {@link Architecture#scripted()}, with the images' side and the number of targets
     * @param seed seed of the initial weights, unless the script keeps its own, and of whatever is random in it
     * @throws UnsupportedNetworkException when the script cannot be loaded or trained, takes other images or gives another output
     */
    TrainableNetwork load(Script script, NetworkShape shape, Objective objective, Optimisation optimisation, long seed);
}
