package io.synthray.trainer.trial;

import io.synthray.event.Training;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.RealImages;
import io.synthray.trainer.data.SyntheticImages;
import io.synthray.trainer.data.TestCase;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Optimisation;
import io.synthray.trainer.engine.TrainableNetwork;
import io.synthray.trainer.engine.TrainingEngine;
import io.synthray.trainer.engine.UnsupportedNetworkException;
import io.synthray.trainer.metric.SubgroupScoring;
import io.synthray.trainer.metric.TestScores;
import java.util.List;

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
            return train(trial, TrialPlan.of(trial), data(trial), observer);
        } catch (UnusableDataException | UnsupportedNetworkException | DivergedException e) {
            return new TrialOutcome.Failed(e.getMessage());
        }
    }

    private TrialData data(TrialRequest trial) {
        RealImages real = RealImages.of(trial);
        return new TrialData(real.train(), syntheticImages.of(trial), real.test());
    }

    private TrialOutcome train(TrialRequest trial, TrialPlan plan, TrialData data, TrialObserver observer) {
        Training training = plan.training();
        Batches batches = Batches.of(data, plan, trial.getOrderSeed());
        LearningRateSchedule schedule = new LearningRateSchedule(training.getLearningRate(), training.getSteps());
        ProgressMeter meter = new ProgressMeter(training, observer, System::nanoTime);
        try (TrainableNetwork network = engine.create(
                plan.shape(),
                Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY),
                Optimisation.adamW(training.getWeightDecay()),
                trial.getInitialisationSeed())) {
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
            TestScores scores = test(trial, plan.shape(), network, data.test());
            return new TrialOutcome.Completed(scores, provenance(trial, data), seconds);
        }
    }

    private static TestScores test(
            TrialRequest trial, NetworkShape shape, TrainableNetwork network, List<TestCase> test) {
        List<Example> examples = test.stream().map(TestCase::example).toList();
        float[] probabilities = network.probabilities(Batches.standardised(examples, shape), examples.size());
        return SubgroupScoring.of(trial.getTask(), trial.getTargets(), test, probabilities);
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
