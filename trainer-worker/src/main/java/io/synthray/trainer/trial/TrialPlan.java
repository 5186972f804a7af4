package io.synthray.trainer.trial;

import io.synthray.event.Task;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.transform.Augmentation;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.NetworkShape;
import java.util.Optional;

/**
 * What to train and how, checked.
 *
 * @param augmentation of every training image; empty for none
 */
record TrialPlan(NetworkShape shape, Training training, Optional<Augmentation> augmentation) {
    /**
     * The plan in a request.
     *
     * @throws UnusableDataException naming the field that is wrong
     * @throws io.synthray.trainer.engine.UnsupportedNetworkException when there is no such network
     */
    static TrialPlan of(TrialRequest trial) {
        Training training = trial.getTraining();
        requirePositive("training steps", training.getSteps());
        requirePositive("batch size", training.getBatchSize());
        requirePositive("steps per epoch", training.getStepsPerEpoch());
        return new TrialPlan(shape(trial), training, augmentation(trial));
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new UnusableDataException("%s: expected 1 or more, found %d".formatted(what, value));
        }
    }

    private static NetworkShape shape(TrialRequest trial) {
        Architecture architecture = Architecture.of(trial.getNetwork().getArchitecture());
        Architecture expected = trial.getTask() == Task.SEGMENTATION ? Architecture.UNET : Architecture.SMALL_CNN;
        if (architecture != expected) {
            throw new UnusableDataException("network architecture: expected %s for %s, found %s"
                    .formatted(expected.label(), trial.getTask(), architecture.label()));
        }
        return new NetworkShape(
                architecture,
                trial.getDataset().getImageSide(),
                trial.getTargets().size(),
                trial.getNetwork().getWidth(),
                trial.getNetwork().getDepth());
    }

    private static Optional<Augmentation> augmentation(TrialRequest trial) {
        try {
            return Optional.ofNullable(trial.getAugmentation())
                    .map(planned -> new Augmentation(
                            planned.getRotation(),
                            planned.getScale(),
                            planned.getTranslation(),
                            planned.getShear(),
                            planned.getBrightness(),
                            planned.getContrast(),
                            planned.getNoise()));
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("augmentation: " + e.getMessage(), e);
        }
    }
}
