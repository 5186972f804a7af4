package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Augmentation;
import io.synthray.event.Dataset;
import io.synthray.event.Network;
import io.synthray.event.Training;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.SyntheticImages;
import io.synthray.trainer.engine.LibtorchEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {
    private final TrialRequest trial = TrialRequest.newBuilder(Trials.phantoms("s", 1, 4, 3, 10))
            .setTraining(new Training(10, 2, 0.01, 1e-4, 4))
            .setNetwork(new Network("unet", 4, 2))
            .build();
    private final TrialRunner runner = new TrialRunner(
            new LibtorchEngine(1), new SyntheticImages((imageSet, manifest) -> List.of(), null), "1.2.3");

    @Test
    void reportsEachEpochAndWhatTheResultRestsOn() {
        RecordingObserver observer = new RecordingObserver();
        TrialOutcome.Completed completed = assertInstanceOf(TrialOutcome.Completed.class, runner.run(trial, observer));
        assertEquals(
                List.of(4, 8, 10),
                observer.reports().stream().map(Progress::step).toList());
        Progress last = observer.reports().get(2);
        assertEquals(3, last.epoch());
        assertEquals(3, last.epochs());
        assertEquals(0, last.secondsLeft());
        assertTrue(last.loss() > 0 && last.imagesPerSecond() > 0);
        assertEquals(4, completed.scores().metrics().size());
        assertEquals(9, completed.scores().cases().size());
        TrialProvenance provenance = completed.provenance();
        assertEquals("1.2.3", provenance.getSynthray());
        assertEquals(4, provenance.getRealImages());
        assertEquals(3, provenance.getTestImages());
        assertEquals(trial.getSubset().getDigest(), provenance.getSubsetDigest());
    }

    @Test
    void stopsWhenToldTo() {
        assertEquals(
                "stopped after 4 of 10 steps",
                assertThrows(TrialStoppedException.class, () -> runner.run(trial, new RecordingObserver(1)))
                        .getMessage());
    }

    @Test
    void saysWhyATrialCannotRun() {
        assertFailure(
                "network architecture: expected unet for SEGMENTATION, found small-cnn",
                TrialRequest.newBuilder(trial).setNetwork(new Network("small-cnn", 4, 2)));
        assertFailure(
                "image side: expected a multiple of 4 for a network of 2 levels, found 22",
                TrialRequest.newBuilder(trial)
                        .setDataset(Dataset.newBuilder(trial.getDataset())
                                .setImageSide(22)
                                .build()));
        assertFailure(
                "batch size: expected 1 or more, found 0",
                TrialRequest.newBuilder(trial).setTraining(new Training(10, 0, 0.01, 0.0, 4)));
        assertFailure(
                "augmentation: ",
                TrialRequest.newBuilder(trial).setAugmentation(new Augmentation(500.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)));
        assertFailure(
                "training diverged: expected a finite loss at step ",
                TrialRequest.newBuilder(trial).setTraining(new Training(10, 2, 1e30, 0.0, 4)));
    }

    private void assertFailure(String cause, TrialRequest.Builder broken) {
        TrialOutcome.Failed failed =
                assertInstanceOf(TrialOutcome.Failed.class, runner.run(broken.build(), new RecordingObserver()));
        assertTrue(failed.cause().startsWith(cause), failed.cause());
    }
}
