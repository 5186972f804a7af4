import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.Batch;
import io.synthray.trainer.engine.LibtorchEngine;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Optimisation;
import io.synthray.trainer.engine.TrainableNetwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes training steps of a U-Net and prints, ten times on the way, what is resident and what of the Java heap is in use after a collection. */
final class MemoryBench {
    private static final int LOOKS = 5;
    private static final long BETWEEN_LOOKS_MILLIS = 300;
    private static final int REPORTS = 10;
    private static final int SETTLED = 2;
    private static final int SIDE = 32;
    private static final int SIZE = 4;
    private static final double MEBIBYTE = 1 << 20;

    private MemoryBench() {}

    /** Argument: steps. Exits with 1 where either has grown by more than 16 MiB since the second report, when allocators have settled. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int steps = Integer.parseInt(args[0]);
        NetworkShape shape = new NetworkShape(Architecture.UNET, SIDE, 3, 8, 3);
        Random random = new Random(1);
        float[] images = new float[SIZE * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        double[] first = {0, 0};
        double[] last = first;
        try (TrainableNetwork network = new LibtorchEngine(1)
                .create(
                        shape,
                        Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY_AND_DICE),
                        new Optimisation(Optimisation.Kind.ADAMW, 0, 1e-4, 1, 0.99),
                        1)) {
            for (int step = 1; step <= steps; step++) {
                float[] targets = new float[SIZE * shape.valuesPerImage()];
                targets[step % targets.length] = 1;
                network.step(new Batch(SIZE, images, targets), 1e-3);
                if (step % (steps / REPORTS) == 0) {
                    network.probabilities(images, SIZE);
                    last = report(step);
                    first = step <= SETTLED * (steps / REPORTS) ? last : first;
                }
            }
        }
        System.out.printf("growth: %.1f MiB resident, %.1f MiB of heap%n", last[0] - first[0], last[1] - first[1]);
        System.exit(last[0] - first[0] > 16 || last[1] - first[1] > 16 ? 1 : 0);
    }

    /** The least of some looks: what the allocator has not given back yet, or the compiler holds for a moment, stays a moment only. */
    private static double[] report(int step) throws IOException, InterruptedException {
        System.gc();
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
        double resident = Double.POSITIVE_INFINITY;
        for (int look = 0; look < LOOKS; look++) {
            resident = Math.min(resident, resident());
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        System.out.printf("step %6d: %.1f MiB resident, %.1f MiB of heap%n", step, resident, heap);
        return new double[] {resident, heap};
    }

    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024.0;
    }
}
