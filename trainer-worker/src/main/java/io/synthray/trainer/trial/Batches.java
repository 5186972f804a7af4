package io.synthray.trainer.trial;

import io.synthray.imaging.random.SeedDerivation;
import io.synthray.imaging.transform.Augmentation;
import io.synthray.imaging.transform.Augmented;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.engine.Batch;
import io.synthray.trainer.engine.NetworkShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the batches of a trial: each depends on the trial's seed and the step's number alone. */
final class Batches {
    private final List<Example> examples;
    private final BatchOrder order;
    private final Optional<Augmentation> augmentation;
    private final NetworkShape shape;
    private final int batchSize;
    private final long augmentationSeed;

    private Batches(
            List<Example> real,
            List<Example> synthetic,
            Optional<Augmentation> augmentation,
            NetworkShape shape,
            int batchSize,
            long seed) {
        this.examples = Stream.concat(real.stream(), synthetic.stream()).toList();
        this.order = new BatchOrder(real.size(), synthetic.size(), batchSize, seed);
        this.augmentation = augmentation;
        this.shape = shape;
        this.batchSize = batchSize;
        this.augmentationSeed = SeedDerivation.derive(seed, "augmentation");
    }

    /**
     * The batches of a trial.
     *
     * @param data whose real and synthetic examples are trained on
     * @param seed the trial's seed of order and augmentation
     */
    static Batches of(TrialData data, TrialPlan plan, long seed) {
        return new Batches(
                data.real(),
                data.synthetic(),
                plan.augmentation(),
                plan.shape(),
                plan.training().getBatchSize(),
                seed);
    }

    /** The batch of a step, 0 or more. */
    Batch at(int step) {
        int[] positions = order.at(step);
        float[] images = new float[batchSize * shape.pixelsPerImage()];
        float[] targets = new float[batchSize * shape.valuesPerImage()];
        for (int place = 0; place < batchSize; place++) {
            Example example = augmented(examples.get(positions[place]), (long) step * batchSize + place);
            Standardisation.write(example.image(), images, place * shape.pixelsPerImage());
            writeTargets(example, targets, place * shape.valuesPerImage());
        }
        return new Batch(batchSize, images, targets);
    }

    private Example augmented(Example example, long stream) {
        return augmentation
                .map(a -> {
                    Augmented augmented =
                            a.apply(example.image(), example.planes(), shape.side(), augmentationSeed, stream);
                    return new Example(augmented.image(), augmented.planes(), example.labels());
                })
                .orElse(example);
    }

    private static void writeTargets(Example example, float[] targets, int offset) {
        int at = offset;
        for (float[] plane : example.planes()) {
            System.arraycopy(plane, 0, targets, at, plane.length);
            at += plane.length;
        }
        System.arraycopy(example.labels(), 0, targets, at, example.labels().length);
    }

    /** Images as the network sees them at the test: standardised, not augmented. */
    static float[] standardised(List<Example> examples, NetworkShape shape) {
        float[] images = new float[Math.multiplyExact(examples.size(), shape.pixelsPerImage())];
        for (int i = 0; i < examples.size(); i++) {
            Standardisation.write(examples.get(i).image(), images, i * shape.pixelsPerImage());
        }
        return images;
    }
}
