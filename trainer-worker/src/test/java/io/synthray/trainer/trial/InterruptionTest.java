package io.synthray.trainer.trial;

import static io.synthray.trainer.trial.Outcomes.completed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Dataset;
import io.synthray.event.Network;
import io.synthray.event.Recipe;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that are stopped, held or killed on their way. */
class InterruptionTest {
    /** One epoch of twenty steps. */
    private final TrialRequest longEpoch = TrialRequest.newBuilder(Trials.small())
            .setTraining(new Training(20, 2, 0.01, 1e-4, 20))
            .build();

    /** Says stop when it is asked for the nth time, before which it may hold the training. */
    private static final class Interrupting implements TrialObserver {
        private final int stopAt;
        private final int holdAt;
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private int asked;
        private int reports;

        private Interrupting(int holdAt, int stopAt) {
            this.holdAt = holdAt;
            this.stopAt = stopAt;
        }

        @Override
        public void progress(Progress progress) {
            reports++;
        }

        @Override
        public boolean stopped() {
            asked++;
            if (asked == holdAt) {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return asked == stopAt;
        }
    }

    @Test
    void aStopIsHonouredWithinAnEpoch() {
        RememberedCheckpoints checkpoints = RememberedCheckpoints.none();
        Interrupting observer = new Interrupting(0, 4);
        assertEquals(
                "stopped after 3 of 20 steps",
                assertThrows(TrialStoppedException.class, () -> Outcomes.runner(checkpoints, List.of())
                                .run(longEpoch, observer))
                        .getMessage());
        assertEquals(0, observer.reports);
        assertEquals(List.of(), checkpoints.states());
    }

    @Test
    void aPauseIsHonouredWithinAnEpochAndChangesNothing() throws Exception {
        RememberedCheckpoints undisturbed = RememberedCheckpoints.none();
        completed(Outcomes.runner(undisturbed, List.of()), longEpoch);
        RememberedCheckpoints paused = RememberedCheckpoints.none();
        Interrupting observer = new Interrupting(4, 0);
        CompletableFuture<TrialOutcome> outcome = CompletableFuture.supplyAsync(
                () -> Outcomes.runner(paused, List.of()).run(longEpoch, observer));
        assertTrue(observer.held.await(1, TimeUnit.MINUTES));
        // The other steps take less than this.
        Thread.sleep(1000);
        assertEquals(4, observer.asked);
        assertFalse(outcome.isDone());
        observer.release.countDown();
        TrialOutcome.Completed held = completed(outcome.get(1, TimeUnit.MINUTES));
        assertTrue(held.seconds() >= 1);
        assertEquals(20, observer.asked);
        assertArrayEquals(undisturbed.network(), paused.network());
    }

    /** A worker dies after any epoch, and the next ends in the network that an undisturbed one has, bit for bit, with the same scores. */
    @ParameterizedTest
    @ValueSource(strings = {"unet", "resnet-18", "densenet-121"})
    void anotherWorkerGoesOnAfterAnyEpochToTheSameBits(String network) {
        TrialRequest trial = tiny(network);
        RememberedCheckpoints whole = RememberedCheckpoints.none();
        TrialOutcome.Completed expected = completed(Outcomes.runner(whole, List.of()), trial);
        assertEquals(4, whole.states().size());
        for (int epoch = 1; epoch < 4; epoch++) {
            RememberedCheckpoints next =
                    RememberedCheckpoints.after(whole.states().get(epoch - 1));
            TrialOutcome.Completed resumed = completed(Outcomes.runner(next, List.of()), trial);
            assertEquals(2 * epoch, resumed.report().getResumedFrom());
            assertEquals(4 - epoch, next.states().size());
            assertArrayEquals(whole.network(), next.network(), "after epoch " + epoch);
            assertEquals(expected.scores(), resumed.scores());
            assertEquals(expected.provenance(), resumed.provenance());
        }
    }

    /** Four epochs of two steps at 28 x 28 pixels, each network with what else must be remembered: an average of weights, momentum, neither. */
    private static TrialRequest tiny(String network) {
        boolean segments = network.equals("unet");
        TrialRequest usual = segments ? Trials.phantoms("s", 1, 4, 3, 8) : Trials.phantomFindings("s", 12, 6, 8);
        Recipe.Builder recipe = Recipe.newBuilder();
        if (segments) {
            recipe.setAveraging(0.9);
        } else if (network.equals("resnet-18")) {
            recipe.setOptimiser("sgd").setMomentum(0.9);
        }
        return TrialRequest.newBuilder(usual)
                .setDataset(
                        Dataset.newBuilder(usual.getDataset()).setImageSide(28).build())
                .setNetwork(new Network(network, 4, 2, null))
                .setTraining(new Training(8, 4, 0.01, 1e-4, 2))
                .setAugmentation(Trials.strong())
                .setRecipe(recipe.build())
                .build();
    }
}
