package io.synthray.trainer.engine;

import java.io.IOException;
import java.util.function.Function;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/**
 * Training by libtorch, PyTorch's own C++ library, through its JavaCPP binding. Loading it takes about a second and
 * leaves about 200 MB resident.
 */
public final class LibtorchEngine implements TrainingEngine {
    private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    private final int threads;
    private final Placement placement;
    private final String name;

    /**
     * Training on the processor.
     *
     * @param threads threads that one step runs on, 1 or more
     * @throws IllegalArgumentException when the number of threads is below 1
     * @throws EngineUnavailableException when the library cannot be loaded on this machine
     */
    public LibtorchEngine(int threads) {
        this(threads, ComputeDevice.CPU);
    }

    /**
     * Loads the library.
     *
     * @param threads threads that one step runs on, 1 or more
     * @param device where steps are computed
     * @throws IllegalArgumentException when the number of threads is below 1
     * @throws EngineUnavailableException when the library cannot be loaded on this machine, or the device is not there
     */
    public LibtorchEngine(int threads, ComputeDevice device) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected 1 or more, found " + threads);
        }
        this.threads = threads;
        this.placement = new Placement(device);
        leaveMemoryToTheSystem();
        try {
            // The binding's version is libtorch's, a hyphen, and JavaCPP's.
            String version =
                    "libtorch " + Loader.getVersion("org.bytedeco", "pytorch").replaceFirst("-.*", "");
            name = device == ComputeDevice.CPU ? version : version + " on " + device.label();
            torch.set_num_threads(threads);
            requirePresent(device);
        } catch (LinkageError | IOException e) {
            throw new EngineUnavailableException("libtorch cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static void requirePresent(ComputeDevice device) {
        if (device == ComputeDevice.CUDA && !torch.cuda_is_available()) {
            throw new EngineUnavailableException(
                    "device cuda: expected a build with Maven's profile cuda, a GPU and its driver, found none that libtorch can use",
                    null);
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
    public ComputeDevice device() {
        return placement.device();
    }

    @Override
    public boolean outOfMemory(RuntimeException error) {
        return MemoryErrors.contain(error);
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public TrainableNetwork create(NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
        return network(shape, objective, optimisation, seed);
    }

    @Override
    public TrainableNetwork load(
            Script script, NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
        return network(
                weights -> new ScriptedNetwork(weights, script, shape, seed, placement),
                shape,
                objective,
                optimisation,
                seed);
    }

    LibtorchNetwork network(NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
        return network(weights -> layers(weights, shape), shape, objective, optimisation, seed);
    }

    private static Layer layers(Weights weights, NetworkShape shape) {
        return switch (shape.architecture()) {
            case UNET -> new UNet(weights, shape);
            case SMALL_CNN -> new SmallCnn(weights, shape);
            case RESNET_18 -> ResNet.of18(weights, shape);
            case RESNET_50 -> ResNet.of50(weights, shape);
            case DENSENET_121 -> new DenseNet(weights, shape);
            case SCRIPTED_SEGMENTER, SCRIPTED_CLASSIFIER ->
                throw new UnsupportedNetworkException("torchscript: expected a script, found none");
        };
    }

    private LibtorchNetwork network(
            Function<Weights, Layer> layers,
            NetworkShape shape,
            Objective objective,
            Optimisation optimisation,
            long seed) {
        if (optimisation.mixedPrecision() && placement.device() == ComputeDevice.CPU) {
            throw new UnsupportedNetworkException(
                    "precision: expected float32 on the processor, found mixed, which needs a GPU");
        }
        torch.set_num_threads(threads);
        PointerScope scope = new PointerScope();
        try {
            return new LibtorchNetwork(layers, shape, objective, optimisation, new Weights(seed, placement), scope);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }
}
