package io.synthray.trainer.engine;

import io.synthray.imaging.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The trained tensors of a network in the order in which its layers ask for them. Initial values come from our own generator,
 * stream i for tensor i, so that they do not depend on the engine or its version. Kernels lie in memory with their channels last,
 * which makes a step on the CPU a sixth faster.
 */
final class Weights {
    private final long seed;
    private final List<Tensor> tensors = new ArrayList<>();

    Weights(long seed) {
        this.seed = seed;
    }

    /** Uniform with a variance of 2 / fanIn (He et al., arXiv 1502.01852, for rectified linear units). */
    Tensor he(int fanIn, long... shape) {
        double bound = Math.sqrt(6.0 / fanIn);
        CounterRandom random = new CounterRandom(seed, tensors.size());
        return add(() -> random.uniform(-bound, bound), shape);
    }

    Tensor constant(float value, long... shape) {
        return add(() -> value, shape);
    }

    private Tensor add(DoubleSupplier values, long... shape) {
        float[] initial = new float[elements(shape)];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) values.getAsDouble();
        }
        Tensor tensor = Tensor.create(initial, shape);
        if (shape.length == 4) {
            tensor = tensor.contiguous(MemoryFormat.ChannelsLast);
        }
        tensor.set_requires_grad(true);
        tensors.add(tensor);
        return tensor;
    }

    private static int elements(long... shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return Math.toIntExact(product);
    }

    /** All tensors in their order. */
    List<Tensor> tensors() {
        return List.copyOf(tensors);
    }

    /** The same as the engine's own list. */
    TensorVector vector() {
        return new TensorVector(tensors.toArray(new Tensor[0]));
    }
}
