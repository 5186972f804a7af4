package io.synthray.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LibtorchNetworkTest {
    private static final NetworkShape SMALL = new NetworkShape(Architecture.UNET, 16, 2, 4, 2);

    private final LibtorchEngine engine = new LibtorchEngine(1);

    @Test
    void namesItsVersion() {
        assertTrue(engine.name().matches("libtorch [0-9]+\\.[0-9]+\\.[0-9]+"), engine.name());
    }

    @Test
    void whatNeedsAGpuIsRefusedWithoutOne() {
        assumeTrue(!torch.cuda_is_available(), "there is a GPU");
        EngineUnavailableException none =
                assertThrows(EngineUnavailableException.class, () -> new LibtorchEngine(1, ComputeDevice.CUDA));
        assertTrue(none.getMessage().startsWith("device cuda: expected a build with Maven's profile cuda"));
        Optimisation mixed = new Optimisation(Optimisation.Kind.ADAMW, 0, 0, 1, 0, true);
        assertEquals(
                "precision: expected float32 on the processor, found mixed, which needs a GPU",
                assertThrows(
                                UnsupportedNetworkException.class,
                                () -> engine.create(SMALL, Objective.of(Objective.Kind.DICE), mixed, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> ComputeDevice.of("gpu"));
    }

    @Test
    void knowsErrorsOfTooLittleMemoryByTheirFirstLine() {
        String trace = "\nframe #0: c10::Error::Error(out of memory)";
        assertTrue(engine.outOfMemory(
                new RuntimeException("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has ..." + trace)));
        assertTrue(engine.outOfMemory(assertThrows(RuntimeException.class, () -> torch.empty(1L << 46))));
        RuntimeException other =
                assertThrows(RuntimeException.class, () -> torch.zeros(2, 3).matmul(torch.zeros(2, 3)));
        assertFalse(engine.outOfMemory(other), other.getMessage());
        assertFalse(engine.outOfMemory(new RuntimeException("shapes differ" + trace)));
        assertFalse(engine.outOfMemory(new IllegalStateException()));
    }

    @Test
    void initialWeightsDependOnTheSeedAlone() {
        try (LibtorchNetwork one = network(SMALL, 0, 5)) {
            float[] first = first(one, 0);
            try (LibtorchNetwork same = network(SMALL, 0, 5);
                    LibtorchNetwork other = network(SMALL, 0, 6)) {
                assertArrayEquals(first, first(same, 0));
                assertFalse(Arrays.equals(first, first(other, 0)));
            }
        }
    }

    @Test
    void initialKernelsHaveTheVarianceOfHe() {
        try (LibtorchNetwork network = network(new NetworkShape(Architecture.UNET, 16, 2, 32, 2), 0, 5)) {
            // The second block's first kernel: 32 channels in, 3 x 3.
            float[] kernel = first(network, 6);
            double squares = 0;
            for (float weight : kernel) {
                squares += (double) weight * weight;
            }
            assertEquals(2.0 / (32 * 9), squares / kernel.length, 0.05 * 2 / (32 * 9));
        }
    }

    @Test
    void sameStepsGiveTheSameBits() {
        float[][] runs = new float[2][];
        for (int run = 0; run < 2; run++) {
            try (LibtorchNetwork network = network(SMALL, 1e-4, 5)) {
                for (int step = 0; step < 5; step++) {
                    network.step(batch(4), 0.01);
                }
                runs[run] = network.probabilities(batch(4).images(), 4);
            }
        }
        assertArrayEquals(runs[0], runs[1]);
    }

    @Test
    void goesOnFromItsStateAsIfItHadNeverStopped() {
        Objective objective = Objective.of(Objective.Kind.DICE);
        for (Optimisation optimisation : List.of(
                new Optimisation(Optimisation.Kind.ADAMW, 0, 0.01, 1, 0.9),
                new Optimisation(Optimisation.Kind.SGD, 0.9, 0.01, 1, 0))) {
            float[] whole;
            byte[] half;
            try (LibtorchNetwork network = engine.network(SMALL, objective, optimisation, 5)) {
                for (int step = 0; step < 3; step++) {
                    network.step(batch(4), 0.01);
                }
                half = network.state();
                for (int step = 3; step < 6; step++) {
                    network.step(batch(4), 0.01);
                }
                whole = network.probabilities(batch(4).images(), 4);
            }
            try (LibtorchNetwork network = engine.network(SMALL, objective, optimisation, 6)) {
                network.restore(half);
                for (int step = 3; step < 6; step++) {
                    network.step(batch(4), 0.01);
                }
                assertArrayEquals(whole, network.probabilities(batch(4).images(), 4));
            }
        }
    }

    @Test
    void theAverageIsTestedInPlaceOfTheLastWeights() {
        Objective objective = Objective.of(Objective.Kind.DICE);
        Optimisation averaged = new Optimisation(Optimisation.Kind.SGD, 0, 0, 1, 0.999);
        try (LibtorchNetwork network = engine.network(SMALL, objective, averaged, 5)) {
            float[] start = first(network, 0);
            network.step(batch(4), 0.1);
            float[] last = first(network, 0);
            float[] average =
                    Safetensors.read(network.state()).get("average.weights").values();
            // The first decay is a tenth, (1 + 0) / (10 + 0).
            assertEquals(start[0] + 0.9f * (last[0] - start[0]), average[0], 1e-6);
            network.probabilities(batch(4).images(), 4);
            assertArrayEquals(last, first(network, 0));
        }
    }

    @Test
    void aStateThatNoArrayHoldsIsRefusedBeforeItIsMade() {
        float[] shared = new float[1 << 20];
        Map<String, NamedTensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 512; i++) {
            tensors.put("tensor" + i, new NamedTensor(new long[] {shared.length}, shared));
        }
        String message = assertThrows(UnusableWeightsException.class, () -> Safetensors.write(tensors))
                .getMessage();
        assertTrue(
                message.matches("state of the network: expected at most 2147483639 bytes, found 21475\\d{5}; .*"),
                message);
    }

    @Test
    void refusesAStateOfAnotherNetwork() {
        try (LibtorchNetwork small = network(SMALL, 0, 5);
                LibtorchNetwork wide = network(new NetworkShape(Architecture.UNET, 16, 2, 8, 2), 0, 5)) {
            byte[] state = small.state();
            assertThrows(UnusableWeightsException.class, () -> wide.restore(state));
            assertThrows(UnusableWeightsException.class, () -> wide.restore(new byte[] {1, 2, 3}));
        }
    }

    @Test
    void beginsWithAnotherNetworksWeightsWhereTheyFit() {
        NetworkShape three = new NetworkShape(Architecture.UNET, 16, 3, 4, 2);
        try (LibtorchNetwork trained = network(SMALL, 0, 5);
                LibtorchNetwork other = network(three, 0, 6)) {
            trained.step(batch(4), 0.01);
            List<String> taken = other.begin(trained.state());
            assertTrue(taken.contains("down.0.conv1.weight"), taken.toString());
            assertFalse(taken.contains("logits.weight"), taken.toString());
            assertArrayEquals(first(trained, 0), first(other, 0));
        }
    }

    @Test
    void lossFallsOnWhatItIsShown() {
        try (LibtorchNetwork network = network(SMALL, 1e-4, 5)) {
            double first = network.step(batch(4), 0.01);
            double last = first;
            for (int step = 0; step < 60; step++) {
                last = network.step(batch(4), 0.01);
            }
            assertTrue(last < first / 2, first + " -> " + last);
        }
    }

    @Test
    void predictionsOfAnImageDoNotDependOnItsNeighbours() {
        try (LibtorchNetwork network = network(SMALL, 1e-4, 5)) {
            network.step(batch(4), 0.01);
            float[] images = batch(20).images();
            float[] together = network.probabilities(images, 20);
            float[] alone = network.probabilities(Arrays.copyOfRange(images, 17 * 256, 18 * 256), 1);
            assertArrayEquals(Arrays.copyOfRange(together, 17 * 512, 18 * 512), alone, 1e-6f);
        }
    }

    @Test
    void memoryStaysWithinAStep() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        try (LibtorchNetwork network = network(SMALL, 1e-4, 5)) {
            for (int step = 0; step < 100; step++) {
                network.step(batch(8), 0.01);
            }
            long before = residentKib();
            for (int step = 0; step < 300; step++) {
                network.step(batch(8), 0.01);
            }
            // A leak of one step's activations would be some 200 KiB a step, 60 MiB.
            long growth = residentKib() - before;
            assertTrue(growth < 25 * 1024, "grew by " + growth + " KiB");
        }
    }

    @Test
    void oneThreadIsOneThread() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (LibtorchNetwork network = network(new NetworkShape(Architecture.UNET, 64, 3, 16, 3), 0, 5)) {
            Batch batch = new Batch(8, new float[8 * 64 * 64], new float[8 * 64 * 64 * 3]);
            for (int step = 0; step < 10; step++) {
                network.step(batch, 0.01);
            }
            long process = system.getProcessCpuTime();
            long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int step = 0; step < 20; step++) {
                network.step(batch, 0.01);
            }
            process = system.getProcessCpuTime() - process;
            thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread;
            // A pool that waits busily would double it; the Java compiler's and collector's threads need some.
            assertTrue(process < 1.7 * thread, "process %d ns, thread %d ns".formatted(process, thread));
        }
    }

    @Test
    void refusesWhatItCannotBuild() {
        assertMessage(
                "image side: expected a multiple of 8 for a network of 3 levels, found 60",
                () -> new NetworkShape(Architecture.UNET, 60, 2, 16, 3));
        assertMessage(
                "network width: expected 4..128, found 2", () -> new NetworkShape(Architecture.UNET, 64, 2, 2, 3));
        assertMessage("network depth: expected 2..6, found 7", () -> new NetworkShape(Architecture.UNET, 64, 2, 16, 7));
        assertMessage(
                "network architecture: expected one of small-cnn, resnet-18, resnet-50, densenet-121, torchscript for classification, found 'vit'",
                () -> Architecture.of("vit", false));
        assertMessage(
                "image side for resnet-18: expected 28..512, found 20",
                () -> new NetworkShape(Architecture.RESNET_18, 20, 2, 16, 3));
        assertMessage(
                "loss: expected bce, dice, bce+dice or focal for unet, found cross-entropy",
                () -> engine.network(SMALL, Objective.of(Objective.Kind.CROSS_ENTROPY), Optimisation.adamW(0), 1));
        assertMessage(
                "weights of targets: expected 2, found 1",
                () -> engine.network(
                        SMALL, new Objective(Objective.Kind.DICE, 2, List.of(1.0)), Optimisation.adamW(0), 1));
        assertThrows(IllegalArgumentException.class, () -> new LibtorchEngine(0));
    }

    private LibtorchNetwork network(NetworkShape shape, double weightDecay, long seed) {
        Objective.Kind kind = Objective.Kind.BINARY_CROSS_ENTROPY_AND_DICE;
        return engine.network(shape, Objective.of(kind), Optimisation.adamW(weightDecay), seed);
    }

    /** The elements of the trained tensor of a number. */
    private static float[] first(TrainableNetwork network, int number) {
        return Patterns.trained(network).values().stream()
                .skip(number)
                .findFirst()
                .orElseThrow()
                .values();
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable executable) {
        assertEquals(
                expected,
                assertThrows(UnsupportedNetworkException.class, executable).getMessage());
    }

    private static Batch batch(int size) {
        float[] images = new float[size * 256];
        float[] targets = new float[size * 512];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) Math.sin(0.05 * i * (1 + i / 256));
            targets[i / 256 * 512 + i % 256] = images[i] > 0.2 ? 1 : 0;
            targets[i / 256 * 512 + 256 + i % 256] = images[i] < -0.5 ? 1 : 0;
        }
        return new Batch(size, images, targets);
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
