package io.synthray.trainer.trial;

import io.synthray.imaging.transform.Augmentation;
import io.synthray.imaging.transform.Augmented;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.UnusableDataException;
import java.util.List;
import java.util.Optional;

/**
 * Classical augmentation of examples: image and planes move together, and a mirrored example has its sides exchanged.
 *
 * @param sides of the targets; empty where nothing is mirrored
 */
record TrainingAugmentation(Augmentation augmentation, Optional<Sides> sides) {

    /**
     * The augmentation of a request.
     *
     * @param targets names in the order of the network's outputs
     * @throws UnusableDataException when a range is none, or the targets cannot be mirrored
     */
    static TrainingAugmentation of(io.synthray.event.Augmentation planned, List<String> targets) {
        try {
            Augmentation augmentation = new Augmentation(
                    planned.getRotation(),
                    planned.getScale(),
                    planned.getTranslation(),
                    planned.getShear(),
                    planned.getBrightness(),
                    planned.getContrast(),
                    planned.getNoise(),
                    planned.getFlip(),
                    planned.getElasticAlpha(),
                    planned.getElasticSigma());
            return new TrainingAugmentation(
                    augmentation, planned.getFlip() ? Optional.of(Sides.of(targets)) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("augmentation: " + e.getMessage(), e);
        }
    }

    /**
     * An example as a step sees it.
     *
     * @param side pixels along each side of the image
     * @param seed of the trial's augmentation
     * @param stream tells what is drawn in a trial apart, 0 or more
     */
    Example apply(Example example, int side, long seed, long stream) {
        Augmented augmented = augmentation.apply(example.image(), example.planes(), side, seed, stream);
        if (!augmented.mirrored()) {
            return new Example(example.name(), augmented.image(), augmented.planes(), example.labels());
        }
        Sides exchange = sides.orElseThrow();
        return new Example(
                example.name(),
                augmented.image(),
                exchange.exchanged(augmented.planes()),
                exchange.exchanged(example.labels()));
    }
}
