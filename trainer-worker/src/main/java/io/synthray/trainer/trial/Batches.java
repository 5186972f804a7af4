package io.synthray.trainer.trial;

import io.synthray.imaging.random.SeedDerivation;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.engine.Batch;
import io.synthray.trainer.engine.NetworkShape;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Makes the batches of a trial: each depends on the trial's seed and the step's number alone. */
final class Batches {
    private final List<Example> examples;
    private final BatchOrder order;
    private final Optional<TrainingAugmentation> augmentation;
    private final NetworkShape shape;
    private final int batchSize;
    private final int realSize;
    private final float syntheticWeight;
    private final long augmentationSeed;

    private Batches(TrialData data, TrialPlan plan, long seed) {
        int targets = plan.shape().outputs();
        int[] draws = plan.strategy().getOversampling()
                ? RareFirst.draws(data.real(), targets)
                : RareFirst.alike(data.real().size());
        this.examples =
                Stream.concat(data.real().stream(), data.synthetic().stream()).toList();
        this.realSize = data.real().size();
        this.batchSize = plan.training().getBatchSize();
        this.order = new BatchOrder(
                plan.realPart(realSize, data.synthetic().size()),
                draws,
                realSize,
                data.synthetic().size(),
                batchSize,
                seed);
        this.augmentation = plan.augmentation();
        this.shape = plan.shape();
        this.syntheticWeight = (float) plan.strategy().getSyntheticWeight();
        this.augmentationSeed = SeedDerivation.derive(seed, "augmentation");
    }

    /**
     * The batches of a trial.
     *
     * @param data whose real and synthetic examples are trained on
     * @param seed the trial's seed of order and augmentation
     */
    static Batches of(TrialData data, TrialPlan plan, long seed) {
        return new Batches(data, plan, seed);
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
        return new Batch(batchSize, images, targets, weights(positions));
    }

    private float[] weights(int[] positions) {
        if (syntheticWeight == 1) {
            return new float[0];
        }
        float[] weights = new float[positions.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = positions[i] < realSize ? 1 : syntheticWeight;
        }
        return weights;
    }

    /** What errors call the images of a step, by their place in the batch. */
    IntFunction<String> names(int step) {
        int[] positions = order.at(step);
        return place -> examples.get(positions[place]).name();
    }

    private Example augmented(Example example, long stream) {
        return augmentation
                .map(a -> a.apply(example, shape.side(), augmentationSeed, stream))
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
