import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.Batch;
import io.synthray.trainer.engine.LibtorchEngine;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Optimisation;
import io.synthray.trainer.engine.TrainableNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes training steps when a line with their number comes, and answers with the seconds that they took. */
final class StepBench {
    private StepBench() {}

    /** Arguments: network, side, width, depth, batch size, threads. */
    public static void main(String[] args) throws IOException {
        Architecture architecture = Architecture.of(args[0], args[0].equals("unet"));
        int side = Integer.parseInt(args[1]);
        NetworkShape shape =
                new NetworkShape(architecture, side, 3, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        int size = Integer.parseInt(args[4]);
        Objective objective = Objective.of(
                architecture.segments()
                        ? Objective.Kind.BINARY_CROSS_ENTROPY_AND_DICE
                        : Objective.Kind.BINARY_CROSS_ENTROPY);
        Random random = new Random(1);
        float[] images = new float[size * side * side];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        float[] targets = new float[size * shape.valuesPerImage()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = random.nextBoolean() ? 1 : 0;
        }
        Batch batch = new Batch(size, images, targets);
        try (TrainableNetwork network = new LibtorchEngine(Integer.parseInt(args[5]))
                .create(shape, objective, Optimisation.adamW(1e-4), 1)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int steps = Integer.parseInt(line.strip());
                long began = System.nanoTime();
                for (int step = 0; step < steps; step++) {
                    network.step(batch, 1e-3);
                }
                System.out.println((System.nanoTime() - began) / 1e9);
                System.out.flush();
            }
        }
    }
}
