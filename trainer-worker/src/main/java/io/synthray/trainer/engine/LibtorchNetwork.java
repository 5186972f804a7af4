package io.synthray.trainer.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of libtorch tensors. Whatever a step makes lies in a {@link PointerScope}, since libtorch's memory is invisible to
 * the garbage collector: without it 18 MB a step stay until the heap happens to fill.
 */
final class LibtorchNetwork implements TrainableNetwork {
    /** Bounds memory at prediction; the images' results do not depend on each other. */
    private static final int PREDICTED_AT_ONCE = 16;

    private static final double LEAST_NORM = 1e-6;
    private static final String AVERAGE = "average.weights";
    private static final String AVERAGE_STEPS = "average.steps";

    private final NetworkShape shape;
    private final boolean exclusive;
    private final double clipNorm;
    private final Placement placement;
    private final boolean mixedPrecision;
    private final Layer layers;
    private final Loss loss;
    private final Weights weights;
    private final FlatWeights flat;
    private final Optimiser optimiser;
    private final Optional<MovingAverage> average;
    /** The scope that this network lives in; the scopes of steps lie within. */
    private final PointerScope scope;

    /**
     * Builds a network in a scope that the caller has just opened on this thread and that the network closes.
     *
     * @param layers enters tensors as it builds the network of them
     * @param weights none so far
     * @param scope innermost scope of this thread
     */
    LibtorchNetwork(
            Function<Weights, Layer> layers,
            NetworkShape shape,
            Objective objective,
            Optimisation optimisation,
            Weights weights,
            PointerScope scope) {
        requireFitting(shape, objective);
        this.shape = shape;
        this.exclusive = objective.exclusive();
        this.clipNorm = optimisation.clipNorm();
        this.scope = scope;
        this.weights = weights;
        this.placement = weights.placement();
        this.mixedPrecision = optimisation.mixedPrecision();
        this.layers = layers.apply(weights);
        loss = new Loss(objective);
        flat = new FlatWeights(weights.trained().values(), placement);
        optimiser = switch (optimisation.kind()) {
            case ADAMW -> new AdamW(flat, optimisation.weightDecay());
            case SGD -> new Sgd(flat, optimisation.momentum(), optimisation.weightDecay());
        };
        average = optimisation.averaging() == 0
                ? Optional.empty()
                : Optional.of(new MovingAverage(flat, optimisation.averaging()));
    }

    private static void requireFitting(NetworkShape shape, Objective objective) {
        boolean segments = shape.architecture().segments();
        boolean fits =
                switch (objective.kind()) {
                    case BINARY_CROSS_ENTROPY, FOCAL -> true;
                    case CROSS_ENTROPY -> !segments;
                    case DICE, BINARY_CROSS_ENTROPY_AND_DICE -> segments;
                };
        if (!fits) {
            throw new UnsupportedNetworkException("loss: expected %s for %s, found %s"
                    .formatted(
                            segments ? "bce, dice, bce+dice or focal" : "bce, cross-entropy or focal",
                            shape.architecture().label(),
                            objective.kind().label()));
        }
        int weights = objective.targetWeights().size();
        if (weights != 0 && weights != shape.outputs()) {
            throw new UnsupportedNetworkException(
                    "weights of targets: expected %d, found %d".formatted(shape.outputs(), weights));
        }
    }

    @Override
    public double step(Batch batch, double learningRate) {
        try (PointerScope step = new PointerScope()) {
            flat.gradients().zero_();
            Tensor logits = logits(images(batch.images(), batch.size()), true);
            Tensor value =
                    loss.of(logits, placement.of(Tensor.create(batch.targets(), logits.shape())), batch.weights());
            double number = value.item_float();
            if (!Double.isFinite(number)) {
                return number;
            }
            value.backward();
            try (NoGradGuard untracked = new NoGradGuard()) {
                double norm = flat.gradients().norm().item_float();
                if (!Double.isFinite(norm)) {
                    return Double.NaN;
                }
                clip(norm);
                optimiser.step(flat, learningRate);
                average.ifPresent(moving -> moving.follow(flat));
            }
            return number;
        }
    }

    private Tensor logits(Tensor images, boolean training) {
        try (MixedPrecision precision = MixedPrecision.open(mixedPrecision)) {
            Tensor logits = layers.forward(images, training);
            return mixedPrecision ? logits.to(torch.ScalarType.Float) : logits;
        }
    }

    private void clip(double norm) {
        double shortening = clipNorm / (norm + LEAST_NORM);
        if (shortening < 1) {
            flat.gradients().mul_(new Scalar(shortening));
        }
    }

    @Override
    public float[] probabilities(float[] images, int count) {
        if (average.isEmpty()) {
            return predicted(images, count);
        }
        try (PointerScope swap = new PointerScope();
                NoGradGuard untracked = new NoGradGuard()) {
            Tensor last = flat.values().clone();
            flat.values().copy_(average.get().average());
            try {
                return predicted(images, count);
            } finally {
                flat.values().copy_(last);
            }
        }
    }

    private float[] predicted(float[] images, int count) {
        float[] all = new float[Math.multiplyExact(count, shape.valuesPerImage())];
        int pixels = shape.pixelsPerImage();
        for (int from = 0; from < count; from += PREDICTED_AT_ONCE) {
            int size = Math.min(PREDICTED_AT_ONCE, count - from);
            float[] part = Arrays.copyOfRange(images, from * pixels, (from + size) * pixels);
            try (PointerScope chunk = new PointerScope();
                    NoGradGuard untracked = new NoGradGuard()) {
                Tensor logits = logits(images(part, size), false);
                Tensor probabilities = exclusive ? logits.softmax(1) : logits.sigmoid();
                read(probabilities, all, from * shape.valuesPerImage(), size * shape.valuesPerImage());
            }
        }
        return all;
    }

    @Override
    public List<Integer> undefined(Batch batch) {
        int pixels = shape.pixelsPerImage();
        List<Integer> undefined = new ArrayList<>();
        byte[] before = state();
        for (int i = 0; i < batch.size(); i++) {
            float[] logits = pass(Arrays.copyOfRange(batch.images(), i * pixels, (i + 1) * pixels), 1);
            if (IntStream.range(0, logits.length).anyMatch(v -> !Float.isFinite(logits[v]))) {
                undefined.add(i);
            }
        }
        restore(before);
        return undefined;
    }

    /** What the network gives of a batch as in a training step, normalised by the batch's own statistics, which are not kept. */
    float[] logits(float[] images, int count) {
        byte[] before = state();
        try {
            return pass(images, count);
        } finally {
            restore(before);
        }
    }

    private float[] pass(float[] images, int count) {
        try (PointerScope pass = new PointerScope();
                NoGradGuard untracked = new NoGradGuard()) {
            float[] logits = new float[Math.multiplyExact(count, shape.valuesPerImage())];
            read(layers.forward(images(images, count), true), logits, 0, logits.length);
            return logits;
        }
    }

    private Tensor images(float[] pixels, int size) {
        return placement.of(Tensor.create(pixels, size, 1, shape.side(), shape.side()));
    }

    private static void read(Tensor source, float[] target, int offset, int length) {
        source.to(torch.ScalarType.Float).cpu().contiguous().data_ptr_float().get(target, offset, length);
    }

    @Override
    public byte[] state() {
        try (PointerScope copies = new PointerScope();
                NoGradGuard untracked = new NoGradGuard()) {
            Map<String, NamedTensor> named = new LinkedHashMap<>();
            everything().forEach((name, tensor) -> named.put(name, named(tensor)));
            return Safetensors.write(named);
        }
    }

    private static NamedTensor named(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        read(tensor, values, 0, values.length);
        return new NamedTensor(tensor.shape(), values);
    }

    /** Weights, what normalisations remember, then what the optimiser and the average do. */
    private Map<String, Tensor> everything() {
        Map<String, Tensor> all = new LinkedHashMap<>(weights());
        all.putAll(new TreeMap<>(optimiser.memory()));
        average.ifPresent(moving -> {
            all.put(AVERAGE, moving.average());
            all.put(AVERAGE_STEPS, moving.steps());
        });
        return all;
    }

    private Map<String, Tensor> weights() {
        Map<String, Tensor> all = new LinkedHashMap<>(weights.trained());
        all.putAll(weights.kept());
        return all;
    }

    @Override
    public void restore(byte[] state) {
        Map<String, NamedTensor> found = Safetensors.read(state);
        Map<String, Tensor> wanted = everything();
        if (!found.keySet().equals(wanted.keySet())) {
            throw new UnusableWeightsException(
                    "checkpoint: expected the %d tensors of this network and optimiser, found %d others"
                            .formatted(wanted.size(), found.size()));
        }
        wanted.forEach((name, tensor) -> requireShape(name, tensor, found.get(name)));
        copy(wanted, found);
    }

    private static void requireShape(String name, Tensor tensor, NamedTensor found) {
        if (!Arrays.equals(tensor.shape(), found.shape())) {
            throw new UnusableWeightsException("tensor '%s': expected a shape of %s, found %s"
                    .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(found.shape())));
        }
    }

    @Override
    public List<String> begin(byte[] file) {
        Map<String, NamedTensor> found = Safetensors.read(file);
        Map<String, Tensor> taken = new LinkedHashMap<>();
        weights().forEach((name, tensor) -> {
            NamedTensor other = found.get(name);
            if (other != null && tensor.numel() == other.values().length && sameShape(tensor, other)) {
                taken.put(name, tensor);
            }
        });
        if (taken.keySet().stream().noneMatch(weights.trained()::containsKey)) {
            throw new UnusableWeightsException(
                    "start weights: expected tensors of %s, such as '%s', found none of their names and shapes among %d"
                            .formatted(
                                    shape.architecture().label(),
                                    weights.trained().keySet().iterator().next(),
                                    found.size()));
        }
        copy(taken, found);
        return new ArrayList<>(taken.keySet());
    }

    /** A count of steps is a scalar elsewhere and one element here. */
    private static boolean sameShape(Tensor tensor, NamedTensor other) {
        return Arrays.equals(tensor.shape(), other.shape()) || other.shape().length == 0;
    }

    private static void copy(Map<String, Tensor> targets, Map<String, NamedTensor> sources) {
        try (PointerScope copies = new PointerScope();
                NoGradGuard untracked = new NoGradGuard()) {
            targets.forEach((name, tensor) ->
                    tensor.copy_(Tensor.create(sources.get(name).values(), tensor.shape())));
        }
    }

    @Override
    public void close() {
        scope.close();
    }
}
