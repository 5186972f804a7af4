package io.synthray.trainer.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.event.DeadLetter;
import io.synthray.event.ManifestChunk;
import io.synthray.event.ManifestEntry;
import io.synthray.event.ManifestRef;
import io.synthray.event.Metric;
import io.synthray.event.RealSubset;
import io.synthray.event.Strategy;
import io.synthray.event.SyntheticUse;
import io.synthray.event.Training;
import io.synthray.event.TrialProgress;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.store.FileImageStore;
import io.synthray.imaging.store.StoredObject;
import io.synthray.local.platform.Await;
import io.synthray.local.platform.ServiceProcess;
import io.synthray.schemas.id.ManifestDigest;
import io.synthray.schemas.topic.ShareGroup;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.trainer.metric.TestScores;
import io.synthray.trainer.trial.LocalScores;
import io.synthray.trainer.trial.Trials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged worker between a real broker, a real registry and a store on disk; the tests play the evaluator. */
class TrainerWorkerIT {
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final String STUDY = "study";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static Servers servers;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void startServers() throws Exception {
        servers = Servers.start(directory);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void everyTrialEndsInOneResult() throws Exception {
        Installation installation = servers.installation("all").setUp();
        TrialRequest synthetic = withSynthetic(installation, "with-synthetic", 6);
        TrialRequest otherDigest = named(Trials.phantoms(STUDY, 2, 4, 4, 10), "other-digest");
        otherDigest = TrialRequest.newBuilder(otherDigest)
                .setSubset(RealSubset.newBuilder(otherDigest.getSubset())
                        .setDigest("d".repeat(64))
                        .build())
                .build();
        // Over in no time: only a worker that has read the word before leaves it out.
        TrialRequest stopped = named(Trials.phantoms(STUDY, 3, 4, 4, 1), "stopped");
        installation.send(
                TopicCatalogue.CONTROL,
                STUDY + "/stopped/test",
                new Control(STUDY, "stopped", "test", ControlWord.STOP, "enough", null));
        installation.send(TopicCatalogue.TRIALS, "poison", "no trial".getBytes(StandardCharsets.UTF_8));
        for (TrialRequest trial : List.of(stopped, otherDigest, synthetic)) {
            installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        }
        ServiceProcess worker = start(installation, "w1");

        TrialResult completed = result(installation, synthetic);
        assertEquals(TrialStatus.COMPLETED, completed.getStatus(), completed.getError());
        assertEquals(6, completed.getProvenance().getSyntheticImages());
        assertEquals(
                synthetic.getManifest().getDigest(), completed.getProvenance().getManifestDigest());
        assertEquals("w1", completed.getWorker());
        assertEquals(
                List.of("dice", "iou", "hd95", "surface-distance"),
                completed.getMetrics().stream().map(Metric::getName).distinct().toList());
        assertEquals(3, completed.getReport().getDecisions().size());
        byte[] table = installation
                .imageStore()
                .get(
                        URI.create(completed.getReport().getPredictions()),
                        completed.getReport().getPredictionsSha256());
        assertEquals(
                1 + 4 * 3, new String(table, StandardCharsets.UTF_8).lines().count());
        assertTrue(
                completed.getMetrics().get(0).getValue() > 0.3,
                completed.getMetrics().toString());
        assertEquals(4 * 3, completed.getCases().size());
        // The same trial without its synthetic images ends elsewhere: they were trained on.
        assertNotEquals(
                LocalScores.of(TrialRequest.newBuilder(synthetic)
                                .setManifest(null)
                                .build())
                        .metrics(),
                completed.getMetrics());
        List<TrialProgress> progress =
                installation.await(TopicCatalogue.TRIAL_PROGRESS, 2, SOON, event -> event.getTrial()
                        .equals(synthetic.getTrial()));
        assertEquals(
                List.of(10, 20), progress.stream().map(TrialProgress::getStep).toList());

        TrialResult failed = result(installation, otherDigest);
        assertEquals(TrialStatus.FAILED, failed.getStatus());
        String found = Trials.phantoms(STUDY, 2, 4, 4, 10).getSubset().getDigest();
        assertEquals("real subset's digest: expected " + "d".repeat(64) + ", found " + found, failed.getError());

        TrialResult skipped = result(installation, stopped);
        assertEquals(TrialStatus.SKIPPED, skipped.getStatus());
        assertEquals("stopped by test: enough", skipped.getError());

        DeadLetter letter = installation
                .await(TopicCatalogue.DEAD_LETTERS, 1, SOON, any -> true)
                .get(0);
        assertEquals("trainer-worker", letter.getService());
        assertEquals(
                "no trial", StandardCharsets.UTF_8.decode(letter.getValue()).toString());
        assertTrue(letter.getCause().contains("expected magic byte 0"), letter.getCause());

        Await.until("the worker to be ready", SOON, () -> worker.health("ready") == 200);
        assertEquals(200, worker.health("live"));
    }

    @Test
    void anotherWorkerDeliversTheSameScoresAfterAKill() throws Exception {
        Installation installation = servers.installation("kill").setUp();
        // Epochs that are long beside what an event takes to the broker, and steps left for long after the first of
        // them.
        TrialRequest trial = TrialRequest.newBuilder(named(Trials.phantoms(STUDY, 1, 4, 8, 600), "killed"))
                .setTraining(new Training(600, 8, 0.01, 1e-4, 50))
                .build();
        ServiceProcess first = start(installation, "first");
        installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        TrialProgress progress = installation
                .await(TopicCatalogue.TRIAL_PROGRESS, 1, SOON, any -> true)
                .get(0);
        assertEquals("first", progress.getWorker());
        first.process().kill();
        start(installation, "second");
        TestScores scores = LocalScores.of(trial);
        TrialResult result = result(installation, trial);
        assertEquals("second", result.getWorker());
        assertTrue(result.getReport().getResumedFrom() >= 50, "began anew");
        assertEquals(scores.metrics(), result.getMetrics());
        assertEquals(scores.cases(), result.getCases());
        // Neither worker's states are needed any more.
        Await.until("the states to be removed", SOON, () -> states(installation) == 0);
    }

    private static long states(Installation installation) {
        try (Stream<Path> files = Files.walk(installation.store())) {
            return files.filter(file -> file.toString().endsWith(".state")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTrialLongerThanItsLeaseIsTrainedOnce() throws Exception {
        Installation installation = servers.installation("long").setUp();
        TrialRequest trial = named(Trials.phantoms(STUDY, 1, 4, 4, 1500), "long");
        start(installation, "one");
        start(installation, "two");
        installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        TrialResult result = result(installation, trial);
        assertTrue(result.getTrainingSeconds() > 15, "training took " + result.getTrainingSeconds() + " s");
        List<TrialProgress> progress = installation.await(TopicCatalogue.TRIAL_PROGRESS, 150, SOON, any -> true);
        assertEquals(
                List.of(result.getWorker()),
                progress.stream().map(TrialProgress::getWorker).distinct().toList());
    }

    @Test
    void brokerAndRegistryMayDieWhileATrialRuns() throws Exception {
        Installation installation = servers.installation("outage").setUp();
        TrialRequest trial = named(Trials.phantoms(STUDY, 1, 4, 4, 600), "outage");
        TrialRequest next = named(Trials.phantoms(STUDY, 2, 4, 4, 10), "next");
        ServiceProcess worker = start(installation, "survivor");
        installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        installation.await(TopicCatalogue.TRIAL_PROGRESS, 1, SOON, any -> true);
        servers.platform().killRegistry();
        servers.platform().killBroker();
        try {
            // Longer than the worker waits between two renewals.
            Thread.sleep(ShareGroup.TRAINERS.lock().dividedBy(2).toMillis());
            assertEquals(200, worker.health("live"));
        } finally {
            servers.platform().startBroker();
            servers.platform().startRegistry();
        }

        assertEquals(TrialStatus.COMPLETED, result(installation, trial).getStatus());
        installation.send(TopicCatalogue.TRIALS, next.getTrial(), next);
        assertEquals(TrialStatus.COMPLETED, result(installation, next).getStatus());
        assertEquals(
                2,
                installation
                        .await(TopicCatalogue.TRIAL_RESULTS, 2, SOON, any -> true)
                        .size());
    }

    /** A pause outlasts the lease, and the training then goes on to the scores that it would have had. */
    @Test
    void aPausedTrialStandsStillAndThenEndsAsIfItHadNot() throws Exception {
        Installation installation = servers.installation("pause").setUp();
        TrialRequest trial = named(Trials.phantoms(STUDY, 1, 4, 4, 600), "paused");
        ServiceProcess worker = start(installation, "patient");
        installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        installation.await(TopicCatalogue.TRIAL_PROGRESS, 1, SOON, any -> true);
        say(installation, ControlWord.PAUSE);
        Await.until("the pause", SOON, () -> worker.process().output().contains("trial=study/paused/1 pauses"));
        Thread.sleep(ShareGroup.TRAINERS.lock().toMillis());
        assertFalse(worker.process().output().contains("trial=study/paused/1 goes on"));

        say(installation, ControlWord.RUN);
        TrialResult result = result(installation, trial);
        assertEquals(TrialStatus.COMPLETED, result.getStatus(), result.getError());
        assertEquals(0, result.getReport().getResumedFrom());
        assertEquals(LocalScores.of(trial).metrics(), result.getMetrics());
        double slowest = installation.await(TopicCatalogue.TRIAL_PROGRESS, 60, SOON, any -> true).stream()
                .mapToDouble(TrialProgress::getImagesPerSecond)
                .min()
                .orElseThrow();
        double epochs = 10.0 * trial.getTraining().getBatchSize();
        assertTrue(slowest < epochs / ShareGroup.TRAINERS.lock().toSeconds(), slowest + " images/s at the least");
    }

    /** One epoch that would take minutes: pause and stop are honoured between two of its steps. */
    @Test
    void anEpochIsPausedAndStoppedOnItsWay() throws Exception {
        Installation installation = servers.installation("epoch").setUp();
        TrialRequest trial = TrialRequest.newBuilder(named(Trials.phantoms(STUDY, 1, 4, 4, 20_000), "endless"))
                .setTraining(new Training(20_000, 8, 0.01, 1e-4, 20_000))
                .build();
        ServiceProcess worker = start(installation, "obedient");
        installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        Await.until("the trial", SOON, () -> worker.process().output().contains("trial=study/endless/1 begins"));
        say(installation, "endless", ControlWord.PAUSE);
        Await.until("the pause", SOON, () -> worker.process().output().contains("trial=study/endless/1 pauses"));
        say(installation, "endless", ControlWord.STOP);
        TrialResult result = result(installation, trial);
        assertEquals(TrialStatus.SKIPPED, result.getStatus());
        assertEquals("stopped by test: for a while", result.getError());
    }

    private static void say(Installation installation, ControlWord word) throws Exception {
        say(installation, "paused", word);
    }

    private static void say(Installation installation, String arm, ControlWord word) throws Exception {
        installation.send(
                TopicCatalogue.CONTROL,
                STUDY + "/" + arm + "/test",
                new Control(STUDY, arm, "test", word, "for a while", null));
    }

    @Test
    void syntheticImagesMayServeAloneOrFirst() throws Exception {
        Installation installation = servers.installation("strategies").setUp();
        TrialRequest only = with(SyntheticUse.ONLY, withSynthetic(installation, "only", 6));
        TrialRequest first = with(SyntheticUse.PRETRAIN, withSynthetic(installation, "pretrain", 6));
        start(installation, "strategist");
        for (TrialRequest trial : List.of(only, first)) {
            installation.send(TopicCatalogue.TRIALS, trial.getTrial(), trial);
        }
        TrialResult alone = result(installation, only);
        TrialResult then = result(installation, first);
        for (TrialResult result : List.of(alone, then)) {
            assertEquals(TrialStatus.COMPLETED, result.getStatus(), result.getError());
            assertEquals(20, result.getReport().getSteps());
            assertEquals(6, result.getProvenance().getSyntheticImages());
        }
        assertNotEquals(alone.getMetrics(), then.getMetrics());
    }

    private static TrialRequest with(SyntheticUse use, TrialRequest trial) {
        return TrialRequest.newBuilder(trial)
                .setStrategy(Strategy.newBuilder().setUse(use).build())
                .build();
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        ServiceProcess worker = launch(servers.installation("never"), "never");
        open.add(worker);
        assertEquals(1, worker.process().waitFor(SOON));
        String said = worker.process().output();
        assertTrue(said.contains("cannot start: the broker at "), said);
        assertTrue(said.contains("trials: missing"), said);
        assertTrue(said.lines().noneMatch(line -> line.startsWith("\tat ")), said);
    }

    private ServiceProcess start(Installation installation, String name) throws Exception {
        ServiceProcess worker = launch(installation, name);
        open.add(worker);
        return worker.await("started");
    }

    private static ServiceProcess launch(Installation installation, String name) {
        String prefix = installation.kafka().names().prefix();
        return ServiceProcess.launch(
                "trainer-worker",
                name,
                Map.of(
                        "synthray.kafka.bootstrap-servers",
                        installation.kafka().bootstrapServers(),
                        "synthray.kafka.topic-prefix",
                        prefix,
                        "synthray.registry.url",
                        installation.registry().url().toString(),
                        "synthray.store.uri",
                        installation.store().toUri().toString()),
                directory.resolve(prefix + name + ".log"));
    }

    private static TrialResult result(Installation installation, TrialRequest trial) {
        return installation
                .await(TopicCatalogue.TRIAL_RESULTS, 1, SOON, result -> result.getTrial()
                        .equals(trial.getTrial()))
                .get(0);
    }

    private static TrialRequest named(TrialRequest trial, String arm) {
        return TrialRequest.newBuilder(trial)
                .setArm(arm)
                .setTrial(trial.getStudy() + "/" + arm + "/" + trial.getRepeat())
                .build();
    }

    /** A trial whose synthetic images are phantoms of another seed, their manifest in two chunks. */
    private static TrialRequest withSynthetic(Installation installation, String arm, int images) throws Exception {
        FileImageStore store = installation.imageStore();
        Phantom phantom = new Phantom(99);
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            StoredObject image = store.put(Png.encode(phantom.image(i, 64), Map.of()), "png");
            StoredObject mask = store.put(BitSetPng.encode(phantom.mask(i, 64)), "png");
            entries.add(new ManifestEntry(
                    i, image.uri().toString(), image.sha256(), mask.uri().toString(), mask.sha256(), List.of()));
        }
        String digest = ManifestDigest.of(entries);
        for (int chunk = 0; chunk < 2; chunk++) {
            List<ManifestEntry> part = chunk == 0 ? entries.subList(0, 4) : entries.subList(4, images);
            installation.send(
                    TopicCatalogue.MANIFESTS,
                    STUDY + "/" + arm + "/repeat-1/" + chunk,
                    new ManifestChunk(STUDY, arm, "repeat-1", chunk, 2, images, digest, part));
        }
        return TrialRequest.newBuilder(named(Trials.phantoms(STUDY, 1, 4, 4, 20), arm))
                .setManifest(new ManifestRef("repeat-1", digest, images, 2))
                .build();
    }
}
