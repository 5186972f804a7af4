package io.synthray.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Networks that {@code reference_scripts.py} has written. */
class ScriptedNetworkTest {
    private static final int SIDE = 16;
    private static final int BATCH = 2;
    private static final NetworkShape SEGMENTER = new NetworkShape(Architecture.SCRIPTED_SEGMENTER, SIDE, 2, 0, 0);
    private static final NetworkShape CLASSIFIER = new NetworkShape(Architecture.SCRIPTED_CLASSIFIER, SIDE, 2, 0, 0);

    private final LibtorchEngine engine = new LibtorchEngine(1);
    private final float[] images = Patterns.hashed(BATCH * SIDE * SIDE, 9);

    @Test
    void keptWeightsSayWhatTheySayInPython() throws IOException {
        JsonNode reference;
        try (InputStream json = getClass().getResourceAsStream("reference-scripts.json")) {
            reference = new ObjectMapper().readTree(json);
        }
        for (NetworkShape shape : new NetworkShape[] {SEGMENTER, CLASSIFIER}) {
            String name = shape.equals(SEGMENTER) ? "segmenter" : "classifier";
            try (TrainableNetwork network = load(name, true, shape, 5)) {
                float[] found = network.probabilities(images, BATCH);
                assertEquals(reference.get(name).size(), found.length);
                for (int i = 0; i < found.length; i++) {
                    assertEquals(reference.get(name).get(i).asDouble(), found[i], 1e-5, name + " " + i);
                }
            }
        }
    }

    @Test
    void seededWeightsDependOnTheSeedAlone() throws IOException {
        float[] first = probabilities(5, false);
        assertArrayEquals(first, probabilities(5, false));
        assertFalse(Arrays.equals(first, probabilities(6, false)));
        assertArrayEquals(probabilities(5, true), probabilities(6, true));
    }

    private float[] probabilities(long seed, boolean keep) throws IOException {
        try (TrainableNetwork network = load("segmenter", keep, SEGMENTER, seed)) {
            return network.probabilities(images, BATCH);
        }
    }

    @Test
    void learns() throws IOException {
        for (NetworkShape shape : new NetworkShape[] {SEGMENTER, CLASSIFIER}) {
            String name = shape.equals(SEGMENTER) ? "segmenter" : "classifier";
            try (TrainableNetwork network = load(name, false, shape, 5)) {
                Batch batch = batch(shape);
                double first = network.step(batch, 0.02);
                double last = first;
                for (int step = 0; step < 60; step++) {
                    last = network.step(batch, 0.02);
                }
                assertTrue(last < 0.8 * first, name + ": from " + first + " to " + last);
            }
        }
    }

    /** Dropout draws anew in each step, and the same for whoever makes that step. */
    @Test
    void goesOnFromItsStateToTheSameBits() throws IOException {
        byte[] whole;
        byte[] half;
        try (TrainableNetwork network = load("segmenter", false, SEGMENTER, 5)) {
            steps(network, 4);
            half = network.state();
            steps(network, 4);
            whole = network.state();
        }
        try (TrainableNetwork network = load("segmenter", false, SEGMENTER, 5)) {
            network.restore(half);
            steps(network, 4);
            assertArrayEquals(whole, network.state());
        }
    }

    private void steps(TrainableNetwork network, int count) {
        for (int step = 0; step < count; step++) {
            network.step(batch(SEGMENTER), 0.01);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithWhatWasFound() {
        assertRefused(
                "torchscript: expected an output of shape [2, 2, 16, 16] (images, structures, rows, columns) of floats, found [2, 2] of Float",
                "classifier",
                SEGMENTER);
        assertRefused(
                "torchscript: expected an output of shape [2, 3] (images, classes) of floats, found [2, 2] of Float",
                "classifier",
                new NetworkShape(Architecture.SCRIPTED_CLASSIFIER, SIDE, 3, 0, 0));
        assertRefused(
                "torchscript: expected parameters that can be trained, found none; a frozen network has none",
                "fixed",
                CLASSIFIER);
        assertRefused("torchscript: expected one tensor as output, found Tuple", "pair", CLASSIFIER);
        UnsupportedNetworkException small = assertThrows(
                UnsupportedNetworkException.class,
                () -> load("classifier", false, new NetworkShape(Architecture.SCRIPTED_CLASSIFIER, 2, 2, 0, 0), 1));
        assertTrue(
                small.getMessage()
                        .startsWith(
                                "torchscript: expected a network that takes images of shape [2, 1, 2, 2], found one that does not ("),
                small.getMessage());
        UnsupportedNetworkException none = assertThrows(
                UnsupportedNetworkException.class,
                () -> engine.load(
                        new Script(new byte[] {1, 2, 3}, false),
                        CLASSIFIER,
                        Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY),
                        Optimisation.adamW(0),
                        1));
        assertTrue(
                none.getMessage().startsWith("torchscript: expected a file of torch.jit.save, found "),
                none.getMessage());
    }

    private void assertRefused(String message, String name, NetworkShape shape) {
        assertEquals(
                message,
                assertThrows(UnsupportedNetworkException.class, () -> load(name, false, shape, 1))
                        .getMessage());
    }

    private Batch batch(NetworkShape shape) {
        float[] targets = new float[BATCH * shape.valuesPerImage()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = shape.equals(SEGMENTER) ? (images[i % images.length] > 0 ? 1 : 0) : i % 2;
        }
        return new Batch(BATCH, images, targets);
    }

    private TrainableNetwork load(String name, boolean keep, NetworkShape shape, long seed) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("script-" + name + ".pt")) {
            return engine.load(
                    new Script(file.readAllBytes(), keep),
                    shape,
                    Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY),
                    Optimisation.adamW(0),
                    seed);
        }
    }
}
