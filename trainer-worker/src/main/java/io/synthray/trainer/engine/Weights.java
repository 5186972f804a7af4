package io.synthray.trainer.engine;

import io.synthray.imaging.random.CounterRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
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

    Weights(long seed) {
        this(seed, "", new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private Weights(long seed, String prefix, Map<String, Tensor> trained, Map<String, Tensor> kept) {
        this.seed = seed;
        this.prefix = prefix;
        this.trained = trained;
        this.kept = kept;
    }

    /** The same tensors, those that are asked for from here on being named below a part. */
    Weights of(String part) {
        return new Weights(seed, prefix + part + ".", trained, kept);
    }

    /** A trained tensor, uniform with a variance of 2 / fanIn (He et al., arXiv 1502.01852, for rectified linear units). */
    Tensor he(String name, int fanIn, long... shape) {
        double bound = Math.sqrt(6.0 / fanIn);
        CounterRandom random = new CounterRandom(seed, trained.size());
        return train(name, initial(() -> random.uniform(-bound, bound), shape));
    }

    /** A trained tensor of one value. */
    Tensor constant(String name, float value, long... shape) {
        return train(name, initial(() -> value, shape));
    }

    /** A tensor that is kept with the weights but not trained; it begins at 0. */
    Tensor buffer(String name, long... shape) {
        Tensor tensor = initial(() -> 0, shape);
        kept.put(prefix + name, tensor);
        return tensor;
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
