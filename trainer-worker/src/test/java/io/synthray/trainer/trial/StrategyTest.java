package io.synthray.trainer.trial;

import static io.synthray.trainer.trial.Outcomes.completed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Augmentation;
import io.synthray.event.ManifestRef;
import io.synthray.event.Network;
import io.synthray.event.Strategy;
import io.synthray.event.SyntheticUse;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.RealImages;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.engine.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What arms do differently, each told by whole trainings that must end in the same bits, or in others. */
class StrategyTest {
    private final List<Example> synthetic = examples(Trials.phantoms("other", 2, 6, 3, 1));
    private final TrialRequest real = Trials.small();
    private final TrialRequest mixed = TrialRequest.newBuilder(real)
            .setManifest(new ManifestRef("shared", "d", synthetic.size(), 1))
            .build();

    private static List<Example> examples(TrialRequest trial) {
        return RealImages.of(trial, Optional.empty()).train();
    }

    private static TrialRequest with(TrialRequest trial, Strategy.Builder strategy) {
        return TrialRequest.newBuilder(trial).setStrategy(strategy.build()).build();
    }

    private static TrialRequest steps(TrialRequest trial, int steps) {
        return TrialRequest.newBuilder(trial)
                .setTraining(
                        Training.newBuilder(trial.getTraining()).setSteps(steps).build())
                .build();
    }

    /** The network's state after the last step, moments of the optimiser included. */
    private byte[] trained(TrialRequest trial, List<Example> images, RememberedCheckpoints checkpoints) {
        completed(Outcomes.runner(checkpoints, images), trial);
        return checkpoints.network();
    }

    private byte[] trained(TrialRequest trial, List<Example> images) {
        return trained(trial, images, RememberedCheckpoints.none());
    }

    private byte[] trained(TrialRequest trial) {
        return trained(trial, synthetic);
    }

    private void assertDiffer(TrialRequest one, TrialRequest other) {
        assertFalse(Arrays.equals(trained(one), trained(other)));
    }

    @Test
    void theShareOfRealImagesIsTheStatedOne() {
        assertArrayEquals(
                trained(real), trained(with(mixed, Strategy.newBuilder().setRealShare(1.0))));
        assertArrayEquals(
                trained(with(mixed, Strategy.newBuilder().setUse(SyntheticUse.ONLY))),
                trained(with(mixed, Strategy.newBuilder().setRealShare(0.0))));
        // Four real and six synthetic images: a half unless stated.
        assertArrayEquals(
                trained(mixed), trained(with(mixed, Strategy.newBuilder().setRealShare(0.5))));
        assertDiffer(mixed, with(mixed, Strategy.newBuilder().setRealShare(0.75)));
    }

    /** What a synthetic image that weighs nothing says of its structures cannot matter. */
    @Test
    void aSyntheticImageWeighsWhatIsStated() {
        List<Example> wrong = synthetic.stream()
                .map(e -> new Example(e.name(), e.image(), new float[3][64 * 64], e.labels()))
                .toList();
        TrialRequest nothing = with(mixed, Strategy.newBuilder().setSyntheticWeight(0));
        assertArrayEquals(trained(nothing, synthetic), trained(nothing, wrong));
        assertFalse(Arrays.equals(trained(mixed, synthetic), trained(mixed, wrong)));
        TrialRequest half = with(mixed, Strategy.newBuilder().setSyntheticWeight(0.5));
        assertDiffer(mixed, half);
        assertDiffer(nothing, half);
    }

    /**
     * Synthetic images alone for the first part of the steps, then real ones alone, each part with a learning rate that warms up and falls of its own:
     * the same as one training after the other.
     */
    @Test
    void trainsOnSyntheticImagesFirstAndThenOnRealOnesAnew() {
        TrialRequest pretrained =
                with(mixed, Strategy.newBuilder().setUse(SyntheticUse.PRETRAIN).setPretraining(0.4));
        byte[] first = trained(steps(with(mixed, Strategy.newBuilder().setUse(SyntheticUse.ONLY)), 4));
        RememberedCheckpoints second =
                RememberedCheckpoints.after(new Snapshot(0, first, Optional.empty(), Spent.NOTHING).encode());
        assertArrayEquals(trained(pretrained), trained(steps(real, 6), List.of(), second));

        TrialPlan.StepRates rates = TrialPlan.of(pretrained).rates();
        TrialPlan.StepRates four = TrialPlan.of(steps(real, 4)).rates();
        TrialPlan.StepRates six = TrialPlan.of(steps(real, 6)).rates();
        for (int step = 0; step < 10; step++) {
            assertEquals(step < 4 ? four.at(step) : six.at(step - 4), rates.at(step), "step " + step);
        }
        assertEquals(real.getTraining().getLearningRate(), rates.at(4));
        assertTrue(rates.at(3) < rates.at(4) / 2);
    }

    @Test
    void realImagesWithARareClassComeMoreOften() {
        TrialRequest plain = TrialRequest.newBuilder(Trials.phantomFindings("s", 24, 6, 10))
                .setNetwork(new Network("small-cnn", 4, 2, null))
                .setTraining(new Training(10, 24, 0.005, 0.0, 10))
                .build();
        TrialRequest oversampled = with(plain, Strategy.newBuilder().setOversampling(true));
        List<Example> images = examples(plain);
        int rare = present(images, 0) < present(images, 1) ? 0 : 1;
        assertEquals(10L * present(images, rare), seen(plain, images, rare));
        assertTrue(seen(oversampled, images, rare) > 1.2 * seen(plain, images, rare));
        assertDiffer(plain, oversampled);
    }

    private static long present(List<Example> images, int target) {
        return images.stream().filter(e -> e.labels()[target] == 1).count();
    }

    /** How often a class is present in the batches of a training. */
    private static long seen(TrialRequest trial, List<Example> images, int target) {
        TrialPlan plan = TrialPlan.of(trial);
        Batches batches = Batches.of(new TrialData(images, List.of(), List.of()), plan, trial.getOrderSeed());
        long seen = 0;
        for (int step = 0; step < plan.training().getSteps(); step++) {
            Batch batch = batches.at(step);
            for (int i = target; i < batch.targets().length; i += 2) {
                seen += batch.targets()[i] == 1 ? 1 : 0;
            }
        }
        return seen;
    }

    /** Arms are matched in compute: as many optimiser steps of as many images, whatever they are trained on; unless an arm states another number. */
    @Test
    void everyArmMakesTheSameNumberOfSteps() {
        Augmentation augmentation = Trials.strong();
        for (TrialRequest arm : List.of(
                real,
                mixed,
                with(mixed, Strategy.newBuilder().setUse(SyntheticUse.ONLY)),
                with(mixed, Strategy.newBuilder().setUse(SyntheticUse.PRETRAIN)),
                with(mixed, Strategy.newBuilder().setRealShare(0.9).setSyntheticWeight(0.1)),
                with(real, Strategy.newBuilder().setOversampling(true)),
                TrialRequest.newBuilder(real).setAugmentation(augmentation).build())) {
            assertEquals(real.getTraining(), TrialPlan.of(arm).training());
            assertSteps(10, arm);
        }
        TrialRequest other = with(mixed, Strategy.newBuilder().setSteps(5));
        assertEquals(5, TrialPlan.of(other).training().getSteps());
        assertSteps(5, other);
    }

    private void assertSteps(int steps, TrialRequest arm) {
        RecordingObserver observer = new RecordingObserver();
        TrialOutcome.Completed outcome =
                completed(Outcomes.runner(Checkpoints.none(), synthetic).run(arm, observer));
        assertEquals(steps, outcome.report().getSteps());
        assertEquals(
                steps, observer.reports().get(observer.reports().size() - 1).step());
    }
}
