package io.synthray.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks, losses and optimisers are those of PyTorch of the same libtorch version, from the same weights; reference by
 * src/test/python/reference_networks.py.
 */
class ReferenceNetworksTest {
    private static final double RELATIVE = 1e-5;
    /**
     * After a step of 121 layers of rectifiers: PyTorch differs from itself by 1.2e-4 where only its tensors' layout in memory changes.
     */
    private static final double RELATIVE_OF_DENSENET_STEP = 2e-4;

    private static final int BATCH = 4;
    private static final int OUTPUTS = 3;
    private static final LibtorchEngine ENGINE = new LibtorchEngine(1);
    private static final Optimisation PLAIN =
            new Optimisation(Optimisation.Kind.SGD, 0, 0, Double.POSITIVE_INFINITY, 0);

    private static JsonNode reference;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ReferenceNetworksTest.class.getResourceAsStream("reference-networks.json")) {
            reference = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void bothHaveTheSameLibrary() {
        assertEquals("libtorch " + reference.get("torch").asText(), ENGINE.name());
    }

    @ParameterizedTest
    @CsvSource({"UNET,32,8,3", "SMALL_CNN,32,8,3", "RESNET_18,32,8,2", "RESNET_50,160,4,2", "DENSENET_121,96,8,2"})
    void forwardPassLossAndStepAreThoseOfPyTorch(Architecture architecture, int side, int width, int depth) {
        JsonNode expected = reference.get("networks").get(architecture.label());
        NetworkShape shape = new NetworkShape(architecture, side, OUTPUTS, width, depth);
        Objective objective = Objective.of(
                architecture.segments()
                        ? Objective.Kind.BINARY_CROSS_ENTROPY_AND_DICE
                        : Objective.Kind.BINARY_CROSS_ENTROPY);
        float[] images = Patterns.hashed(BATCH * side * side, 1000);
        float[] targets = Patterns.hashed(BATCH * shape.valuesPerImage(), 2000);
        for (int i = 0; i < targets.length; i++) {
            targets[i] = targets[i] > 0.2 ? 1 : 0;
        }
        try (LibtorchNetwork network = ENGINE.network(shape, objective, PLAIN, 1)) {
            Patterns.setWeights(network, ReferenceNetworksTest::weights);
            float[] logits = network.logits(images, BATCH);
            int stride = architecture.segments() ? 97 : 1;
            List<Double> sampled = new ArrayList<>();
            for (int i = 0; i < logits.length; i += stride) {
                sampled.add((double) logits[i]);
            }
            assertNear(expected.get("logits"), sampled, RELATIVE, "logits");

            double loss = network.step(new Batch(BATCH, images, targets), 0.5);
            double expectedLoss = expected.get("loss").asDouble();
            assertEquals(expectedLoss, loss, RELATIVE * expectedLoss);

            double relative = architecture == Architecture.DENSENET_121 ? RELATIVE_OF_DENSENET_STEP : RELATIVE;
            int number = 0;
            for (var entry : Patterns.trained(network).entrySet()) {
                float[] values = entry.getValue().values();
                List<Double> after = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    after.add((double) values[(int) ((long) i * (values.length - 1) / 2)]);
                }
                assertNear(expected.get("after").get(number++), after, relative, entry.getKey());
            }
            assertEquals(expected.get("after").size(), number);
        }
    }

    private static float[] weights(int number, NamedTensor tensor) {
        float[] values = Patterns.hashed(tensor.values().length, number);
        boolean vector = tensor.shape().length == 1;
        float bound = vector ? 0.3f : (float) Math.sqrt(6.0 * tensor.shape()[0] / values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = vector ? 0.5f + bound * values[i] : bound * values[i];
        }
        return values;
    }

    /** Within a part of the largest number among them. */
    private static void assertNear(JsonNode expected, List<Double> found, double relative, String what) {
        assertEquals(expected.size(), found.size(), what);
        double largest = 0;
        for (JsonNode number : expected) {
            largest = Math.max(largest, Math.abs(number.asDouble()));
        }
        for (int i = 0; i < found.size(); i++) {
            assertEquals(expected.get(i).asDouble(), found.get(i), relative * largest, what + " " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bce-masked", "bce-weighted", "cross-entropy", "focal", "dice"})
    void lossesAndTheirGradientsAreThoseOfPyTorch(String name) {
        try (PointerScope scope = new PointerScope()) {
            boolean dice = name.equals("dice");
            long[] shape = dice ? new long[] {2, 3, 4, 4} : new long[] {4, 3};
            float[] scaled = Patterns.hashed(dice ? 96 : 12, dice ? 3 : 1);
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= 3;
            }
            Tensor logits = Tensor.create(scaled, shape);
            logits.set_requires_grad(true);
            Tensor loss = loss(name).of(logits, Tensor.create(targets(name), shape), exampleWeights(name));
            loss.backward();
            float[] gradient = new float[scaled.length];
            logits.grad().contiguous().data_ptr_float().get(gradient);
            List<Double> found = new ArrayList<>();
            for (float value : gradient) {
                found.add((double) value);
            }
            JsonNode expected = reference.get("losses").get(name);
            double value = expected.get("loss").asDouble();
            assertEquals(value, loss.item_float(), RELATIVE * value);
            assertNear(expected.get("gradient"), found, RELATIVE, name);
        }
    }

    private static Loss loss(String name) {
        List<Double> weights = List.of(1.0, 3.0, 0.5);
        return new Loss(
                switch (name) {
                    case "bce-masked" -> Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY);
                    case "bce-weighted" -> new Objective(Objective.Kind.BINARY_CROSS_ENTROPY, 2, weights);
                    case "cross-entropy" -> new Objective(Objective.Kind.CROSS_ENTROPY, 2, weights);
                    case "focal" -> Objective.of(Objective.Kind.FOCAL);
                    default -> new Objective(Objective.Kind.DICE, 2, weights);
                });
    }

    private static float[] targets(String name) {
        if (name.equals("cross-entropy")) {
            return new float[] {1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1};
        }
        float[] targets = Patterns.hashed(name.equals("dice") ? 96 : 12, name.equals("dice") ? 4 : 2);
        for (int i = 0; i < targets.length; i++) {
            targets[i] = targets[i] > 0 ? 1 : 0;
        }
        if (name.startsWith("bce")) {
            targets[5] = Float.NaN;
            targets[9] = Float.NaN;
        }
        return targets;
    }

    private static float[] exampleWeights(String name) {
        return switch (name) {
            case "bce-weighted" -> new float[] {1, 0.5f, 0.25f, 2};
            case "dice" -> new float[] {1, 0.5f};
            default -> new float[0];
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "sgd"})
    void optimisersAreThoseOfPyTorch(String name) {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = Tensor.create(Patterns.hashed(20, 7), 20);
            weight.set_requires_grad(true);
            float[] stiffness = Patterns.hashed(20, 8);
            FlatWeights flat = new FlatWeights(List.of(weight), new Placement(ComputeDevice.CPU));
            Optimiser optimiser = name.equals("adamw") ? new AdamW(flat, 0.1) : new Sgd(flat, 0.9, 0.1);
            for (int step = 0; step < 5; step++) {
                flat.gradients().zero_();
                Tensor curve = Tensor.create(stiffness, 20).add(new org.bytedeco.pytorch.Scalar(1f));
                weight.mul(weight).mul(curve).sum().backward();
                try (NoGradGuard untracked = new NoGradGuard()) {
                    optimiser.step(flat, 0.1 / (step + 1));
                }
            }
            List<Double> found = new ArrayList<>();
            float[] values = new float[20];
            weight.detach().data_ptr_float().get(values);
            for (float value : values) {
                found.add((double) value);
            }
            assertNear(reference.get("optimisers").get(name), found, RELATIVE, name);
        }
    }
}
