package io.synthray.trainer.trial;

import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TestCase;
import io.synthray.trainer.engine.Batch;
import io.synthray.trainer.engine.TrainableNetwork;
import io.synthray.trainer.metric.Decision;
import io.synthray.trainer.metric.Scoring;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The steps of one training, from its beginning or from where it was interrupted. */
final class TrainingRun {
    private final TrialPlan plan;
    private final TrialRequest trial;
    private final List<TestCase> validation;
    private final Batches batches;
    private final TrainableNetwork network;
    private final TrialObserver observer;
    private final Keeping keeping;
    private final CostMeter cost;

    /** Keeps a state and says where it is. */
    interface Keeping {
        /** The place, if it could be kept. */
        Optional<io.synthray.event.Checkpoint> keep(Snapshot snapshot);
    }

    /**
     * What came out; the network has the weights that are to be tested.
     *
     * @param epoch whose weights they are
     * @param validation the task's metric on the validation images with them
     * @param seconds wall-clock time since the first step that this worker has made
     * @param waited seconds of them in which the network waited for batches
     */
    record Trained(int epoch, OptionalDouble validation, double seconds, double waited) {}

    TrainingRun(
            TrialPlan plan,
            TrialRequest trial,
            List<TestCase> validation,
            Batches batches,
            TrainableNetwork network,
            TrialObserver observer,
            Keeping keeping,
            CostMeter cost) {
        this.plan = plan;
        this.trial = trial;
        this.validation = validation;
        this.batches = batches;
        this.network = network;
        this.observer = observer;
        this.keeping = keeping;
        this.cost = cost;
    }

    /**
     * Trains to the last step.
     *
     * @param kept where to go on, if anywhere
     * @throws TrialStoppedException when the observer stops it
     * @throws DivergedException when the loss is no longer a number
     */
    Trained run(Optional<Snapshot> kept) {
        kept.ifPresent(snapshot -> network.restore(snapshot.state()));
        int first = kept.map(Snapshot::step).orElse(0);
        Optional<Snapshot.Best> best = kept.flatMap(Snapshot::best);
        OptionalDouble last = OptionalDouble.empty();
        Training training = plan.training();
        TrialPlan.StepRates rates = plan.rates();
        ProgressMeter meter = new ProgressMeter(training, first, System::nanoTime);
        double waited;
        try (Prefetch prefetch = new Prefetch(batches::at, first, training.getSteps())) {
            for (int step = first; step < training.getSteps(); step++) {
                if (observer.stopped()) {
                    throw new TrialStoppedException(step, training.getSteps());
                }
                Batch batch = prefetch.take();
                double loss = network.step(batch, rates.at(step));
                if (!Double.isFinite(loss)) {
                    throw DivergedException.inStep(
                            meter.epoch(step + 1), meter.batch(step + 1), loss, culprits(batch, step));
                }
                meter.step(loss);
                int done = step + 1;
                if (meter.endsEpoch(done)) {
                    last = validated();
                    best = better(best, meter.epoch(done), last);
                    Spent spent = cost.soFar(meter.seconds(), prefetch.waitedSeconds());
                    observer.progress(
                            meter.report(done, last, keeping.keep(new Snapshot(done, network.state(), best, spent))));
                }
            }
            waited = prefetch.waitedSeconds();
        }
        if (last.isEmpty() && first == training.getSteps()) {
            last = validated();
        }
        best.ifPresent(epoch -> network.restore(epoch.state()));
        return new Trained(
                best.map(Snapshot.Best::epoch).orElse(meter.epoch(training.getSteps())),
                best.isPresent() ? OptionalDouble.of(best.get().value()) : last,
                meter.seconds(),
                waited);
    }

    private OptionalDouble validated() {
        if (validation.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<String> targets = trial.getTargets();
        Decision decision = Decision.halves(targets.size(), plan.objective().exclusive());
        return OptionalDouble.of(
                Scoring.overall(trial.getTask(), targets, validation, probabilities(validation), decision));
    }

    /**
     * What the network says of cases, for each in turn.
     *
     * @throws DivergedException when it says no number of one, as after a last step that was too large
     */
    float[] probabilities(List<TestCase> cases) {
        List<Example> examples = cases.stream().map(TestCase::example).toList();
        float[] all = network.probabilities(Batches.standardised(examples, plan.shape()), examples.size());
        int width = plan.shape().valuesPerImage();
        List<String> undefined = IntStream.range(0, examples.size())
                .filter(i -> IntStream.range(i * width, (i + 1) * width).anyMatch(v -> !Float.isFinite(all[v])))
                .mapToObj(i -> examples.get(i).name())
                .toList();
        if (!undefined.isEmpty()) {
            throw DivergedException.inPrediction(undefined);
        }
        return all;
    }

    /** Of epochs that do equally well the first. */
    private Optional<Snapshot.Best> better(Optional<Snapshot.Best> best, int epoch, OptionalDouble value) {
        if (!plan.recipe().getBestEpoch()
                || best.filter(b -> b.value() >= value.orElseThrow()).isPresent()) {
            return best;
        }
        return Optional.of(new Snapshot.Best(epoch, value.orElseThrow(), network.state()));
    }

    /** Those images of a batch of which the network says no number; all of them where it says one of each. */
    private List<String> culprits(Batch batch, int step) {
        List<Integer> undefined = network.undefined(batch);
        List<Integer> all = IntStream.range(0, batch.size()).boxed().toList();
        IntFunction<String> names = batches.names(step);
        return (undefined.isEmpty() ? all : undefined)
                .stream().map(names::apply).toList();
    }
}
