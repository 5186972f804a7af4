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
import org.junit.jupiter.api.Test;

class LibtorchNetworkTest {
    private static final NetworkShape SMALL = new NetworkShape(Architecture.UNET, 16, 2, 4, 2);

    private final LibtorchEngine engine = new LibtorchEngine(1);

    @Test
    void namesItsVersion() {
        assertTrue(engine.name().matches("libtorch [0-9]+\\.[0-9]+\\.[0-9]+"), engine.name());
    }

    @Test
    void initialWeightsDependOnTheSeedAlone() {
        try (LibtorchNetwork one = engine.network(SMALL, 0, 5)) {
            float[] first = one.weights().get(0);
            try (LibtorchNetwork same = engine.network(SMALL, 0, 5);
                    LibtorchNetwork other = engine.network(SMALL, 0, 6)) {
                assertArrayEquals(first, same.weights().get(0));
                assertFalse(Arrays.equals(first, other.weights().get(0)));
            }
        }
    }

    @Test
    void initialKernelsHaveTheVarianceOfHe() {
        try (LibtorchNetwork network = engine.network(new NetworkShape(Architecture.UNET, 16, 2, 32, 2), 0, 5)) {
            // The second block's first kernel: 32 channels in, 3 x 3.
            float[] kernel = network.weights().get(6);
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
            try (LibtorchNetwork network = engine.network(SMALL, 1e-4, 5)) {
                for (int step = 0; step < 5; step++) {
                    network.step(batch(4), 0.01);
                }
                runs[run] = network.probabilities(batch(4).images(), 4);
            }
        }
        assertArrayEquals(runs[0], runs[1]);
    }

    @Test
    void lossFallsOnWhatItIsShown() {
        try (LibtorchNetwork network = engine.network(SMALL, 1e-4, 5)) {
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
        try (LibtorchNetwork network = engine.network(SMALL, 1e-4, 5)) {
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
        try (LibtorchNetwork network = engine.network(SMALL, 1e-4, 5)) {
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
        try (LibtorchNetwork network = engine.network(new NetworkShape(Architecture.UNET, 64, 3, 16, 3), 0, 5)) {
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
                "network architecture: expected one of unet, small-cnn, found 'vit'", () -> Architecture.of("vit"));
        assertThrows(IllegalArgumentException.class, () -> new LibtorchEngine(0));
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
