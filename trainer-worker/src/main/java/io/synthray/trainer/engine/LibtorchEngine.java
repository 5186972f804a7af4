package io.synthray.trainer.engine;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/**
 * Training on the CPU by libtorch, PyTorch's own C++ library, through its JavaCPP binding. Loading it takes about a second and
 * leaves about 200 MB resident.
 */
public final class LibtorchEngine implements TrainingEngine {
    private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    private final int threads;
    private final String name;

    /**
     * Loads the library.
     *
     * @param threads threads that one step runs on, 1 or more
     * @throws IllegalArgumentException when the number of threads is below 1
     * @throws EngineUnavailableException when the library cannot be loaded on this machine
     */
    public LibtorchEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected 1 or more, found " + threads);
        }
        this.threads = threads;
        leaveMemoryToTheSystem();
        try {
            // The binding's version is libtorch's, a hyphen, and JavaCPP's.
            name = "libtorch " + Loader.getVersion("org.bytedeco", "pytorch").replaceFirst("-.*", "");
            torch.set_num_threads(threads);
        } catch (LinkageError | IOException e) {
            throw new EngineUnavailableException("libtorch cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * JavaCPP by default refuses to allocate once the process, its libraries included, is four times as large as the Java heap may
     * be; a trainer has a small heap and large tensors. The container's limit holds in its place.
     */
    private static void leaveMemoryToTheSystem() {
        if (System.getProperty(MEMORY_LIMIT) == null) {
            System.setProperty(MEMORY_LIMIT, "0");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public TrainableNetwork create(NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
        return network(shape, objective, optimisation, seed);
    }

    LibtorchNetwork network(NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
        torch.set_num_threads(threads);
        PointerScope scope = new PointerScope();
        try {
            return new LibtorchNetwork(shape, objective, optimisation, seed, scope);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }
}
