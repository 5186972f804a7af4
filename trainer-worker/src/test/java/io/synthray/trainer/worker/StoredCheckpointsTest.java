package io.synthray.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.event.Checkpoint;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.store.FileImageStore;
import io.synthray.trainer.trial.Trials;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States in a store of files; a list stands for the progress events that reached the broker. */
class StoredCheckpointsTest {
    private static final String TRAINING = "this training";

    private final TrialRequest trial = Trials.small();
    private final List<Checkpoint> events = new ArrayList<>();

    @TempDir
    private Path directory;

    private FileImageStore store;

    @BeforeEach
    void open() {
        store = new FileImageStore(directory);
    }

    private StoredCheckpoints worker() {
        return new StoredCheckpoints(
                key -> key.equals(trial.getTrial()) ? List.copyOf(events) : List.of(), store, true);
    }

    private void keep(StoredCheckpoints worker, String training, int step) {
        events.add(worker.keep(training, step, state(training, step)).orElseThrow());
    }

    /** A worker that keeps the states of some steps and is then killed. */
    private void killed(String training, int... steps) {
        StoredCheckpoints killed = worker();
        killed.last(trial, training);
        for (int step : steps) {
            keep(killed, training, step);
        }
    }

    private static byte[] state(String training, int step) {
        return (training + step).getBytes(StandardCharsets.UTF_8);
    }

    private long stored() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void theLastTwoAreKeptAndNoneAfterTheResult() throws IOException {
        StoredCheckpoints worker = worker();
        assertEquals(Optional.empty(), worker.last(trial, TRAINING));
        for (int step = 1; step <= 5; step++) {
            keep(worker, TRAINING, step);
            assertEquals(Math.min(step, 2), stored());
        }
        worker.forget(trial);
        assertEquals(0, stored());
    }

    /** A worker that is killed leaves two states; the next goes on with the last and removes both in time. */
    @Test
    void whatAKilledWorkerLeftIsReusedAndThenRemoved() throws IOException {
        killed(TRAINING, 1, 2, 3);
        StoredCheckpoints next = worker();
        assertArrayEquals(state(TRAINING, 3), next.last(trial, TRAINING).orElseThrow());
        assertEquals(2, stored());
        keep(next, TRAINING, 4);
        // The last one before and the new one.
        assertEquals(2, stored());
        assertArrayEquals(state(TRAINING, 4), worker().last(trial, TRAINING).orElseThrow());
        next.forget(trial);
        assertEquals(0, stored());
    }

    @Test
    void aTrialThatEndsBeforeItsNextEpochLeavesNothingEither() throws IOException {
        killed(TRAINING, 1, 2);
        StoredCheckpoints next = worker();
        next.last(trial, TRAINING);
        next.forget(trial);
        assertEquals(0, stored());
    }

    /** For instance since its data set is no longer there: then nobody has asked for its states. */
    @Test
    void aTrialThatFailsBeforeItsFirstStepLeavesNothingOfAnEarlierWorker() throws IOException {
        killed(TRAINING, 1);
        StoredCheckpoints next = worker();
        TrialRequest other =
                TrialRequest.newBuilder(trial).setTrial("s/real-only/2").build();
        next.last(other, TRAINING);
        next.forget(other);
        assertEquals(1, stored());
        next.forget(trial);
        assertEquals(0, stored());
    }

    @Test
    void aStateThatIsDamagedIsPassedOverAndRemoved() throws IOException {
        killed(TRAINING, 1, 2);
        Files.write(Path.of(URI.create(events.get(1).getUri())), new byte[] {1});
        StoredCheckpoints next = worker();
        assertArrayEquals(state(TRAINING, 1), next.last(trial, TRAINING).orElseThrow());
        keep(next, TRAINING, 3);
        assertEquals(2, stored());
        next.forget(trial);
        assertEquals(0, stored());
    }

    /** After a change of engine the old states serve nobody. */
    @Test
    void statesOfAnotherTrainingAreNotGoneOnWithButRemoved() throws IOException {
        killed("with another engine", 7, 8);
        StoredCheckpoints next = worker();
        assertEquals(Optional.empty(), next.last(trial, TRAINING));
        keep(next, TRAINING, 1);
        keep(next, TRAINING, 2);
        assertEquals(2, stored());
        assertArrayEquals(state(TRAINING, 2), worker().last(trial, TRAINING).orElseThrow());
        next.forget(trial);
        assertEquals(0, stored());
    }

    @Test
    void aPlaceThatIsNoneIsPassedOver() {
        events.add(new Checkpoint("no place at all", "", TRAINING, 9));
        events.add(new Checkpoint("file:///elsewhere/state", "", TRAINING, 8));
        StoredCheckpoints worker = worker();
        assertEquals(Optional.empty(), worker.last(trial, TRAINING));
        keep(worker, TRAINING, 1);
        assertArrayEquals(state(TRAINING, 1), worker().last(trial, TRAINING).orElseThrow());
        worker.forget(trial);
    }

    @Test
    void whereNoneAreWantedNoneAreKept() throws IOException {
        StoredCheckpoints worker = new StoredCheckpoints(key -> events, store, false);
        assertEquals(Optional.empty(), worker.keep(TRAINING, 1, new byte[] {1}));
        assertEquals(Optional.empty(), worker.last(trial, TRAINING));
        assertEquals(0, stored());
    }
}
