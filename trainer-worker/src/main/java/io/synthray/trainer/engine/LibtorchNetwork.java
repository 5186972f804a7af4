package io.synthray.trainer.engine;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of libtorch tensors. Whatever a step makes lies in a {@link PointerScope}, since libtorch's memory is invisible to
 * the garbage collector: without it 18 MB a step stay until the heap happens to fill.
 */
final class LibtorchNetwork implements TrainableNetwork {
    private static final double LARGEST_GRADIENT_NORM = 1;
    /** Bounds memory at prediction; the images' results do not depend on each other. */
    private static final int PREDICTED_AT_ONCE = 16;

    private final NetworkShape shape;
    private final Layer layers;
    private final Loss loss;
    private final List<Tensor> weights;
    private final TensorVector trained;
    private final AdamW optimiser;
    /** The scope that this network lives in; the scopes of steps lie within. */
    private final PointerScope scope;

    /**
     * Builds a network in a scope that the caller has just opened on this thread and that the network closes.
     *
     * @param scope innermost scope of this thread
     */
    LibtorchNetwork(NetworkShape shape, double weightDecay, long seed, PointerScope scope) {
        this.shape = shape;
        this.scope = scope;
        Weights initial = new Weights(seed);
        layers = switch (shape.architecture()) {
            case UNET -> new UNet(initial, shape);
            case SMALL_CNN -> new SmallCnn(initial, shape);
        };
        loss = switch (shape.architecture()) {
            case UNET -> Loss.crossEntropyAndDice();
            case SMALL_CNN -> Loss.crossEntropy();
        };
        weights = initial.tensors();
        trained = initial.vector();
        AdamWOptions options = new AdamWOptions();
        options.weight_decay().put(weightDecay);
        optimiser = new AdamW(trained, options);
    }

    @Override
    public double step(Batch batch, double learningRate) {
        try (PointerScope step = new PointerScope()) {
            Tensor logits = layers.forward(images(batch.images(), batch.size()), true);
            Tensor targets = Tensor.create(batch.targets(), logits.shape());
            Tensor value = loss.of(logits, targets);
            optimiser.zero_grad();
            value.backward();
            torch.clip_grad_norm_(trained, LARGEST_GRADIENT_NORM);
            optimiser.param_groups().get(0).options().set_lr(learningRate);
            optimiser.step();
            return value.item_float();
        }
    }

    @Override
    public float[] probabilities(float[] images, int count) {
        float[] all = new float[Math.multiplyExact(count, shape.valuesPerImage())];
        int pixels = shape.pixelsPerImage();
        for (int from = 0; from < count; from += PREDICTED_AT_ONCE) {
            int size = Math.min(PREDICTED_AT_ONCE, count - from);
            float[] part = Arrays.copyOfRange(images, from * pixels, (from + size) * pixels);
            try (PointerScope chunk = new PointerScope();
                    NoGradGuard untracked = new NoGradGuard()) {
                Tensor probabilities = layers.forward(images(part, size), false).sigmoid();
                read(probabilities, all, from * shape.valuesPerImage(), size * shape.valuesPerImage());
            }
        }
        return all;
    }

    private Tensor images(float[] pixels, int size) {
        return Tensor.create(pixels, size, 1, shape.side(), shape.side());
    }

    private static void read(Tensor source, float[] target, int offset, int length) {
        source.contiguous().data_ptr_float().get(target, offset, length);
    }

    /** The trained tensors' elements in their order, one array a tensor. */
    List<float[]> weights() {
        return weights.stream()
                .map(tensor -> {
                    float[] values = new float[Math.toIntExact(tensor.numel())];
                    read(tensor, values, 0, values.length);
                    return values;
                })
                .toList();
    }

    /** The trained tensors' numbers of dimensions in their order. */
    List<Integer> dimensions() {
        return weights.stream().map(tensor -> tensor.shape().length).toList();
    }

    /** Replaces the trained tensors' elements, in the order of {@link #weights()}. */
    void setWeights(List<float[]> values) {
        try (PointerScope copies = new PointerScope();
                NoGradGuard untracked = new NoGradGuard()) {
            for (int i = 0; i < weights.size(); i++) {
                Tensor tensor = weights.get(i);
                tensor.copy_(Tensor.create(values.get(i), tensor.shape()));
            }
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
