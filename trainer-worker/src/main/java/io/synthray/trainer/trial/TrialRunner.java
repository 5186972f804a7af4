package io.synthray.trainer.trial;

import io.synthray.event.SyntheticUse;
import io.synthray.event.TrainingReport;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.StoreException;
import io.synthray.imaging.store.StoredObject;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.RealImages;
import io.synthray.trainer.data.SyntheticSource;
import io.synthray.trainer.data.TestCase;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.data.UnavailableDataException;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.TrainableNetwork;
import io.synthray.trainer.engine.TrainingEngine;
import io.synthray.trainer.engine.UnsupportedNetworkException;
import io.synthray.trainer.engine.UnusableWeightsException;
import io.synthray.trainer.metric.Decision;
import io.synthray.trainer.metric.SubgroupScoring;
import io.synthray.trainer.metric.TestScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Runs trials: reads the data, trains for the planned number of steps, tests once. A trial's scores depend on its request and the
 * data alone (bit for bit on one kind of machine with one number of threads), so whoever runs it again gets them again.
 */
public final class TrialRunner {
    private final TrainingEngine engine;
    private final SyntheticSource syntheticImages;
    private final Checkpoints checkpoints;
    private final RunnerSettings settings;

    /**
     * @param engine what trains
     * @param syntheticImages where synthetic images are read
     * @param checkpoints where states are kept
     */
    public TrialRunner(
            TrainingEngine engine, SyntheticSource syntheticImages, Checkpoints checkpoints, RunnerSettings settings) {
        this.engine = engine;
        this.syntheticImages = syntheticImages;
        this.checkpoints = checkpoints;
        this.settings = settings;
    }

    /**
     * Runs one trial on the calling thread.
     *
     * @throws io.synthray.trainer.data.UnavailableDataException when data cannot be read at present
     * @throws TrialStoppedException when the observer stops it
     */
    public TrialOutcome run(TrialRequest trial, TrialObserver observer) {
        Cost.forgetPeakMemory();
        try {
            TrialPlan plan = TrialPlan.of(trial);
            try (RealImages real = RealImages.of(trial, settings.cache())) {
                MemoryCheck.require(trial, plan, real.testImages());
                TrialData data = new TrialData(real.train(), syntheticImages.of(trial), real.validation());
                return train(trial, plan, data, real, observer);
            }
        } catch (UnusableDataException | UnsupportedNetworkException | UnusableWeightsException | DivergedException e) {
            return new TrialOutcome.Failed(e.getMessage());
        } catch (OutOfMemoryError e) {
            return new TrialOutcome.Failed(MemoryCheck.exhausted(trial, e));
        } catch (RuntimeException e) {
            if (engine.outOfMemory(e)) {
                return new TrialOutcome.Failed(MemoryCheck.exhausted(trial, e));
            }
            throw e;
        }
    }

    private TrialOutcome train(
            TrialRequest trial, TrialPlan plan, TrialData data, RealImages real, TrialObserver observer) {
        Objective objective = objective(trial, plan, data);
        String images = ImagesDigest.of(
                Stream.concat(data.real().stream(), data.validation().stream().map(TestCase::example)));
        String training = training(trial, images);
        Optional<Snapshot> kept = checkpoints.last(trial, training).map(Snapshot::decode);
        CostMeter cost = new CostMeter(kept.map(Snapshot::spent).orElse(Spent.NOTHING), engine.device());
        InitialNetwork initial = InitialNetwork.of(engine, trial, plan, objective);
        try (TrainableNetwork network = initial.network()) {
            TrainingRun run = new TrainingRun(
                    plan,
                    trial,
                    data.validation(),
                    Batches.of(data, plan, trial.getOrderSeed()),
                    network,
                    observer,
                    snapshot -> checkpoints.keep(training, snapshot.step(), snapshot.encode()),
                    cost);
            TrainingRun.Trained trained = run.run(kept);
            observer.trained(network::state);
            Decision decision = decision(trial, plan, data, run);
            List<TestCase> test = real.test();
            TestScores scores =
                    SubgroupScoring.of(trial.getTask(), trial.getTargets(), test, run.probabilities(test), decision);
            Spent spent = cost.soFar(trained.seconds(), trained.waited());
            TrainingReport report = report(plan, data, trained, scores, kept)
                    .setStartTensors(initial.taken())
                    .setWaitingSeconds(spent.waited())
                    .setCpuSeconds(known(spent.cpu()))
                    .setGpuSeconds(known(spent.gpu()))
                    .setJoules(joules(spent.cpu()))
                    .build();
            return new TrialOutcome.Completed(scores, provenance(trial, data, images, test), report, spent.seconds());
        }
    }

    private static Objective objective(TrialRequest trial, TrialPlan plan, TrialData data) {
        List<Example> seen =
                switch (plan.strategy().getUse()) {
                    case ONLY -> data.synthetic();
                    case MIX, PRETRAIN ->
                        Stream.concat(data.real().stream(), data.synthetic().stream())
                                .toList();
                };
        TargetCheck.require(trial.getTargets(), seen, plan.objective());
        return plan.recipe().getBalanced()
                ? TargetWeights.balanced(
                        plan.objective(),
                        plan.strategy().getUse() == SyntheticUse.ONLY ? data.synthetic() : data.real(),
                        trial.getTargets())
                : plan.objective();
    }

    /**
     * What a state must be of to be gone on with.
     *
     * @param images digest of the real images
     */
    private String training(TrialRequest trial, String images) {
        ByteBuffer request;
        try {
            request = trial.toByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return Sha256.hex(Sha256.hex(bytes) + " " + images + " " + engine.name() + " " + engine.threads() + " "
                + Snapshot.FORMAT);
    }

    private static Decision decision(TrialRequest trial, TrialPlan plan, TrialData data, TrainingRun run) {
        int targets = trial.getTargets().size();
        boolean exclusive = plan.objective().exclusive();
        return plan.recipe().getChosenThresholds() && !exclusive
                ? Decision.chosen(trial.getTask(), targets, data.validation(), run.probabilities(data.validation()))
                : Decision.halves(targets, exclusive);
    }

    private TrainingReport.Builder report(
            TrialPlan plan, TrialData data, TrainingRun.Trained trained, TestScores scores, Optional<Snapshot> kept) {
        Optional<StoredObject> table = settings.predictions().map(store -> stored(store, scores));
        return TrainingReport.newBuilder()
                .setSteps(plan.training().getSteps())
                .setTestedEpoch(trained.epoch())
                .setValidationImages(data.validation().size())
                .setValidation(boxed(trained.validation()))
                .setResumedFrom(kept.map(Snapshot::step).orElse(0))
                .setDecisions(scores.decisions())
                .setPredictions(table.map(t -> t.uri().toString()).orElse(null))
                .setPredictionsSha256(table.map(StoredObject::sha256).orElse(null))
                .setPeakMemoryBytes(Cost.peakMemoryBytes().orElse(null));
    }

    private static StoredObject stored(ImageStore store, TestScores scores) {
        try {
            return store.put(PredictionTable.of(scores.cases()), "csv");
        } catch (StoreException e) {
            throw new UnavailableDataException("predictions: " + e.getMessage(), e);
        }
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private Double joules(double cpuSeconds) {
        return known(cpuSeconds * settings.wattsPerCore().orElse(Double.NaN));
    }

    private TrialProvenance provenance(TrialRequest trial, TrialData data, String images, List<TestCase> test) {
        return TrialProvenance.newBuilder()
                .setEngine(engine.name())
                .setSynthray(settings.version())
                .setThreads(engine.threads())
                .setDatasetFingerprint(trial.getDataset().getFingerprint())
                .setSubsetDigest(trial.getSubset().getDigest())
                .setTrainImagesDigest(images)
                .setTestImagesDigest(ImagesDigest.of(test.stream().map(TestCase::example)))
                .setManifestDigest(
                        trial.getManifest() == null ? null : trial.getManifest().getDigest())
                .setRealImages(data.real().size())
                .setSyntheticImages(data.synthetic().size())
                .setTestImages(test.size())
                .setInitialisationSeed(trial.getInitialisationSeed())
                .setOrderSeed(trial.getOrderSeed())
                .setStartWeightsSha256(
                        trial.getRecipe() == null ? null : trial.getRecipe().getStartWeightsSha256())
                .setScriptSha256(
                        trial.getNetwork().getScript() == null
                                ? null
                                : trial.getNetwork().getScript().getSha256())
                .build();
    }
}
