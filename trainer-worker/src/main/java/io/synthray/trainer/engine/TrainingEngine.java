package io.synthray.trainer.engine;

/** Builds networks that can be trained. */
public interface TrainingEngine {
    /** Name and version, for instance {@code libtorch 2.10.0}. */
    String name();

    /** Threads that one step runs on. Results are equal bit for bit only where this number is. */
    int threads();

    /**
     * Builds a network with initial weights that depend on the seed alone.
     *
     * @param seed seed of the initial weights
     * @throws UnsupportedNetworkException when the engine cannot build it, or the loss is not one of such a network
     */
    TrainableNetwork create(NetworkShape shape, Objective objective, Optimisation optimisation, long seed);
}
