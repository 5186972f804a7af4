package io.synthray.trainer.trial;

import io.synthray.event.Augmentation;
import io.synthray.event.Task;
import io.synthray.event.Training;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.RealImages;
import io.synthray.trainer.data.SyntheticImages;
import io.synthray.trainer.data.TestCase;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.TrainableNetwork;
import io.synthray.trainer.engine.TrainingEngine;
import io.synthray.trainer.engine.UnsupportedNetworkException;
import io.synthray.trainer.metric.Scoring;
import io.synthray.trainer.metric.TestScores;
import java.util.List;
import java.util.Optional;

/**
 * Runs trials: reads the data, trains for the planned number of steps, tests once. A trial's scores depend on its request and the
 * data alone (bit for bit on one kind of machine with one number of threads), so whoever runs it again gets them again.
 */
public final class TrialRunner {
    private final TrainingEngine engine;
    private final SyntheticImages syntheticImages;
    private final String version;

    /**
     * @param engine what trains
     * @param syntheticImages where synthetic images are read
     * @param version version of Synthray, for the provenance
     */
    public TrialRunner(TrainingEngine engine, SyntheticImages syntheticImages, String version) {
        this.engine = engine;
        this.syntheticImages = syntheticImages;
        this.version = version;
    }

    /**
     * Runs one trial on the calling thread.
     *
     * @throws io.synthray.trainer.data.UnavailableDataException when data cannot be read at present
     * @throws TrialStoppedException when the observer stops it
     */
    public TrialOutcome run(TrialRequest trial, TrialObserver observer) {
        try {
            NetworkShape shape = shape(trial);
            Optional<io.synthray.imaging.transform.Augmentation> augmentation = augmentation(trial);
            requireTraining(trial.getTraining());
            return train(trial, shape, augmentation, data(trial), observer);
        } catch (UnusableDataException | UnsupportedNetworkException | DivergedException e) {
            return new TrialOutcome.Failed(e.getMessage());
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

    private static Optional<io.synthray.imaging.transform.Augmentation> augmentation(TrialRequest trial) {
        Augmentation planned = trial.getAugmentation();
        if (planned == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new io.synthray.imaging.transform.Augmentation(
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

    private static void requireTraining(Training training) {
        requirePositive("training steps", training.getSteps());
        requirePositive("batch size", training.getBatchSize());
        requirePositive("steps per epoch", training.getStepsPerEpoch());
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new UnusableDataException("%s: expected 1 or more, found %d".formatted(what, value));
        }
    }

    private TrialData data(TrialRequest trial) {
        RealImages real = RealImages.of(trial);
        return new TrialData(real.train(), syntheticImages.of(trial), real.test());
    }

    private TrialOutcome train(
            TrialRequest trial,
            NetworkShape shape,
            Optional<io.synthray.imaging.transform.Augmentation> augmentation,
            TrialData data,
            TrialObserver observer) {
        Training training = trial.getTraining();
        Batches batches = new Batches(
                data.real(), data.synthetic(), augmentation, shape, training.getBatchSize(), trial.getOrderSeed());
        LearningRateSchedule schedule = new LearningRateSchedule(training.getLearningRate(), training.getSteps());
        ProgressMeter meter = new ProgressMeter(
                training.getSteps(), training.getStepsPerEpoch(), training.getBatchSize(), observer, System::nanoTime);
        try (TrainableNetwork network =
                engine.create(shape, training.getWeightDecay(), trial.getInitialisationSeed())) {
            for (int step = 0; step < training.getSteps(); step++) {
                if (observer.stopped()) {
                    throw new TrialStoppedException(step, training.getSteps());
                }
                double loss = network.step(batches.at(step), schedule.at(step));
                if (!Double.isFinite(loss)) {
                    throw new DivergedException(step, loss);
                }
                meter.step(step + 1, loss);
            }
            double seconds = meter.seconds();
            TestScores scores = test(trial, shape, network, data.test());
            return new TrialOutcome.Completed(scores, provenance(trial, data), seconds);
        }
    }

    private static TestScores test(
            TrialRequest trial, NetworkShape shape, TrainableNetwork network, List<TestCase> test) {
        List<Example> examples = test.stream().map(TestCase::example).toList();
        float[] probabilities = network.probabilities(Batches.standardised(examples, shape), examples.size());
        return Scoring.of(trial.getTask(), trial.getTargets(), test, probabilities);
    }

    private TrialProvenance provenance(TrialRequest trial, TrialData data) {
        return TrialProvenance.newBuilder()
                .setEngine(engine.name())
                .setSynthray(version)
                .setThreads(engine.threads())
                .setDatasetFingerprint(trial.getDataset().getFingerprint())
                .setSubsetDigest(trial.getSubset().getDigest())
                .setManifestDigest(
                        trial.getManifest() == null ? null : trial.getManifest().getDigest())
                .setRealImages(data.real().size())
                .setSyntheticImages(data.synthetic().size())
                .setTestImages(data.test().size())
                .setInitialisationSeed(trial.getInitialisationSeed())
                .setOrderSeed(trial.getOrderSeed())
                .build();
    }
}
