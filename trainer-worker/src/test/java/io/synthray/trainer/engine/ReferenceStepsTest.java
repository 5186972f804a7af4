package io.synthray.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three steps are those of PyTorch; reference by src/test/python/reference_steps.py. */
class ReferenceStepsTest {
    private static final int SIDE = 16;
    private static final int BATCH = 3;
    private static final double[] RATES = {0.01, 0.02, 0.005};

    @ParameterizedTest
    @EnumSource(names = {"UNET", "SMALL_CNN"})
    void stepsAsPyTorch(Architecture architecture) throws IOException {
        JsonNode reference = reference().get(architecture.label());
        NetworkShape shape = new NetworkShape(architecture, SIDE, 2, 4, 2);
        float[] images = new float[BATCH * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) Math.sin(0.37 * i);
        }
        float[] targets = new float[BATCH * shape.valuesPerImage()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = Math.sin(0.11 * i) > 0.3 ? 1 : 0;
        }
        Objective objective = Objective.of(
                architecture.segments()
                        ? Objective.Kind.BINARY_CROSS_ENTROPY_AND_DICE
                        : Objective.Kind.BINARY_CROSS_ENTROPY);
        try (LibtorchNetwork network = new LibtorchEngine(1).network(shape, objective, Optimisation.adamW(0.1), 1)) {
            Patterns.setWeights(network, ReferenceStepsTest::pattern);
            for (int step = 0; step < RATES.length; step++) {
                double loss = network.step(new Batch(BATCH, images, targets), RATES[step]);
                assertEquals(reference.get("losses").get(step).asDouble(), loss, 2e-5, "loss of step " + step);
            }
            float[] probabilities = network.probabilities(images, BATCH);
            int stride = architecture == Architecture.UNET ? 29 : 1;
            double[] found = new double[(probabilities.length + stride - 1) / stride];
            for (int i = 0; i < found.length; i++) {
                found[i] = probabilities[i * stride];
            }
            assertArrayEquals(numbers(reference.get("probabilities")), found, 2e-4);
        }
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = ReferenceStepsTest.class.getResourceAsStream("reference-steps.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static float[] pattern(int number, NamedTensor tensor) {
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * Math.sin(0.7 * i + number)) + (tensor.shape().length == 1 ? 0.5f : 0f);
        }
        return values;
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
