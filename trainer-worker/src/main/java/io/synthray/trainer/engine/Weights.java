package io.synthray.trainer.engine;

import io.synthray.imaging.random.CounterRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The tensors of a network by name, in the order in which its layers ask for them. Initial values come from our own generator,
 * stream i for trained tensor i, so that they do not depend on the engine or its version. Kernels lie in memory with their channels last,
 * which makes a step on the CPU a sixth faster.
 */
final class Weights {
    private final long seed;
    private final String prefix;
    private final Map<String, Tensor> trained;
    private final Map<String, Tensor> kept;
    private final Placement placement;

    Weights(long seed, Placement placement) {
        this(seed, placement, "", new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private Weights(
            long seed, Placement placement, String prefix, Map<String, Tensor> trained, Map<String, Tensor> kept) {
        this.seed = seed;
        this.placement = placement;
        this.prefix = prefix;
        this.trained = trained;
        this.kept = kept;
    }

    /** The same tensors, those that are asked for from here on being named below a part. */
    Weights of(String part) {
        return new Weights(seed, placement, prefix + part + ".", trained, kept);
    }

    /** A trained tensor, uniform with a variance of 2 / fanIn (He et al., arXiv 1502.01852, for rectified linear units). */
    Tensor he(String name, int fanIn, long... shape) {
        double bound = Math.sqrt(6.0 / fanIn);
        CounterRandom random = new CounterRandom(seed, trained.size());
        return train(name, placement.of(initial(() -> random.uniform(-bound, bound), shape)));
    }

    /** A trained tensor of one value. */
    Tensor constant(String name, float value, long... shape) {
        return train(name, placement.of(initial(() -> value, shape)));
    }

    /** A tensor that is kept with the weights but not trained; it begins at 0. */
    Tensor buffer(String name, long... shape) {
        return keep(name, placement.of(initial(() -> 0, shape)));
    }

    /** A number that the processor reads and changes at each step, kept with the weights; it begins at 0. */
    Tensor counter(String name) {
        return keep(name, initial(() -> 0, 1));
    }

    private Tensor keep(String name, Tensor tensor) {
        kept.put(prefix + name, tensor);
        return tensor;
    }

    /** Where the tensors are. */
    Placement placement() {
        return placement;
    }

    /**
     * A trained tensor that exists. Unless it keeps its values, kernels and matrices are as of {@link #he}, scales (other tensors named {@code weight}) begin
     * at 1, and shifts at 0.
     */
    void adopt(String name, Tensor tensor, boolean keep) {
        long[] shape = tensor.shape();
        if (!keep && shape.length > 1) {
            double bound = Math.sqrt(6.0 * shape[0] / tensor.numel());
            CounterRandom random = new CounterRandom(seed, trained.size());
            overwrite(tensor, () -> random.uniform(-bound, bound));
        } else if (!keep) {
            overwrite(tensor, () -> name.endsWith("weight") ? 1 : 0);
        }
        train(name, tensor);
    }

    /** A tensor that exists and is kept but not trained. Unless it keeps its values, statistics of a normalisation begin as if it had seen nothing. */
    void adoptBuffer(String name, Tensor tensor, boolean keep) {
        if (!keep && name.endsWith("running_var")) {
            overwrite(tensor, () -> 1);
        } else if (!keep && (name.endsWith("running_mean") || name.endsWith("num_batches_tracked"))) {
            overwrite(tensor, () -> 0);
        }
        keep(name, tensor);
    }

    private static void overwrite(Tensor tensor, DoubleSupplier values) {
        try (NoGradGuard untracked = new NoGradGuard()) {
            tensor.copy_(initial(values, tensor.shape()));
        }
    }

    private static Tensor initial(DoubleSupplier values, long... shape) {
        float[] initial = new float[elements(shape)];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) values.getAsDouble();
        }
        Tensor tensor = Tensor.create(initial, shape);
        return shape.length == 4 ? tensor.contiguous(MemoryFormat.ChannelsLast) : tensor;
    }

    private Tensor train(String name, Tensor tensor) {
        tensor.set_requires_grad(true);
        trained.put(prefix + name, tensor);
        return tensor;
    }

    private static int elements(long... shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return Math.toIntExact(product);
    }

    /** Trained tensors by name, in their order. */
    Map<String, Tensor> trained() {
        return trained;
    }

    /** Tensors that are kept but not trained, by name. */
    Map<String, Tensor> kept() {
        return kept;
    }
}
