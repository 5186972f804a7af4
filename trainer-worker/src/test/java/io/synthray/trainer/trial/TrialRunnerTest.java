package io.synthray.trainer.trial;

import static io.synthray.trainer.trial.Outcomes.completed;
import static io.synthray.trainer.trial.Outcomes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Augmentation;
import io.synthray.event.CaseResult;
import io.synthray.event.Dataset;
import io.synthray.event.ManifestRef;
import io.synthray.event.Metric;
import io.synthray.event.Network;
import io.synthray.event.Recipe;
import io.synthray.event.Strategy;
import io.synthray.event.SyntheticUse;
import io.synthray.event.TargetDecisions;
import io.synthray.event.Training;
import io.synthray.event.TrainingReport;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.digest.Sha256;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.ComputeDevice;
import io.synthray.trainer.engine.LibtorchEngine;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Optimisation;
import io.synthray.trainer.engine.Script;
import io.synthray.trainer.engine.TrainableNetwork;
import io.synthray.trainer.engine.TrainingEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialRunnerTest {
    private final TrialRequest trial = Trials.small();
    private final TrialRunner runner = runner(Checkpoints.none());

    private static TrialRunner runner(Checkpoints checkpoints) {
        return Outcomes.runner(checkpoints, List.of());
    }

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
        assertEquals(
                List.of("dice", "iou", "hd95", "surface-distance"),
                completed.scores().metrics().stream()
                        .map(Metric::getName)
                        .distinct()
                        .toList());
        assertEquals(4 * 4, completed.scores().metrics().size());
        TrainingReport report = completed.report();
        assertEquals(10, report.getSteps());
        assertEquals(3, report.getTestedEpoch());
        assertEquals(3, report.getDecisions().size());
        assertTrue(report.getCpuSeconds() > 0);
        // The first batch at least has to be waited for.
        assertTrue(report.getWaitingSeconds() > 0 && report.getWaitingSeconds() < completed.seconds());
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
    void goesOnAfterAnyEpochToTheSameBits() {
        TrialRequest selected = TrialRequest.newBuilder(trial)
                .setAugmentation(Trials.strong())
                .setRecipe(Recipe.newBuilder()
                        .setValidation(2)
                        .setBestEpoch(true)
                        .setAveraging(0.9)
                        .build())
                .build();
        RememberedCheckpoints whole = RememberedCheckpoints.none();
        TrialOutcome.Completed expected = completed(runner(whole).run(selected, new RecordingObserver()));
        assertEquals(3, whole.states().size());
        for (int epoch = 0; epoch < 3; epoch++) {
            RememberedCheckpoints interrupted =
                    RememberedCheckpoints.after(whole.states().get(epoch));
            TrialOutcome.Completed resumed = completed(runner(interrupted).run(selected, new RecordingObserver()));
            assertEquals(expected.scores(), resumed.scores());
            assertEquals(expected.report().getTestedEpoch(), resumed.report().getTestedEpoch());
            assertEquals(expected.report().getValidation(), resumed.report().getValidation());
            assertEquals(Math.min(10, 4 * (epoch + 1)), resumed.report().getResumedFrom());
            assertEquals(2 - epoch, interrupted.states().size());
        }
    }

    /** A training's cost is that of all its workers; its scores do not depend on what they took. */
    @Test
    void costAddsUpOverWorkers() {
        RememberedCheckpoints whole = RememberedCheckpoints.none();
        TrialOutcome.Completed expected = completed(runner(whole).run(trial, new RecordingObserver()));
        Snapshot first = Snapshot.decode(whole.states().get(0));
        assertTrue(first.spent().seconds() > 0 && first.spent().seconds() < expected.seconds());
        assertTrue(first.spent().cpu() > 0
                && first.spent().cpu() < expected.report().getCpuSeconds());
        assertTrue(first.spent().waited() > 0
                && first.spent().waited() <= expected.report().getWaitingSeconds());
        Spent much = new Spent(1000, 200, 3000, Double.NaN);
        RememberedCheckpoints interrupted =
                RememberedCheckpoints.after(new Snapshot(first.step(), first.state(), first.best(), much).encode());
        TrialOutcome.Completed resumed = completed(runner(interrupted).run(trial, new RecordingObserver()));
        assertEquals(expected.scores(), resumed.scores());
        assertTrue(resumed.seconds() > 1000 && resumed.seconds() < 1100);
        assertTrue(resumed.report().getCpuSeconds() > 3000 && resumed.report().getCpuSeconds() < 3100);
        assertTrue(
                resumed.report().getWaitingSeconds() > 200 && resumed.report().getWaitingSeconds() < 300);
        assertNull(resumed.report().getGpuSeconds());
        // Kept again, for the next worker.
        assertTrue(Snapshot.decode(interrupted.states().get(0)).spent().cpu() > 3000);
    }

    @Test
    void theEstimateOfEnergyIsOfAllProcessorTime() {
        TrialRunner metered = new TrialRunner(
                new LibtorchEngine(1),
                request -> List.of(),
                Checkpoints.none(),
                new RunnerSettings("1.2.3", Optional.empty(), Optional.empty(), OptionalDouble.of(5)));
        TrainingReport report =
                completed(metered.run(trial, new RecordingObserver())).report();
        assertEquals(5 * report.getCpuSeconds(), report.getJoules());
    }

    @Test
    void aStateOfAnotherFormatIsNone() {
        byte[] state = new Snapshot(4, new byte[8], Optional.empty(), Spent.NOTHING).encode();
        assertEquals(4, Snapshot.decode(state).step());
        state[3]--;
        assertEquals(
                "checkpoint: expected one of a training, found other bytes",
                assertThrows(UnusableDataException.class, () -> Snapshot.decode(state))
                        .getMessage());
        assertEquals(
                "checkpoint: expected at most 2147483639 bytes, found 2147483640; a narrower network has a smaller one",
                assertThrows(UnusableDataException.class, () -> Snapshot.size((1L << 31) - 8))
                        .getMessage());
    }

    /** An engine whose networks are larger than any memory. */
    private static final class Vast implements TrainingEngine {
        private final LibtorchEngine engine = new LibtorchEngine(1);

        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public ComputeDevice device() {
            return engine.device();
        }

        @Override
        public boolean outOfMemory(RuntimeException error) {
            return engine.outOfMemory(error);
        }

        @Override
        public int threads() {
            return engine.threads();
        }

        @Override
        public TrainableNetwork create(NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
            torch.empty(1L << 46);
            throw new AssertionError("there is no such memory");
        }

        @Override
        public TrainableNetwork load(
                Script script, NetworkShape shape, Objective objective, Optimisation optimisation, long seed) {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void saysThatMemoryIsTooSmallForTheEngine(@TempDir Path directory) throws IOException {
        TrialRunner vast =
                new TrialRunner(new Vast(), request -> List.of(), Checkpoints.none(), RunnerSettings.plain("1.2.3"));
        String expected =
                "memory: expected room for batches of 2 images of 64 x 64 pixels, found too little beside a heap of %d MiB (%s"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20, "%s");
        String engine = failure(vast, trial);
        assertTrue(engine.startsWith(expected.formatted("[enforce fail at ")), engine);
        assertTrue(engine.contains("you tried to allocate 281474976710656 bytes"), engine);
        assertTrue(engine.endsWith("); smaller batches or images, a narrower network or more memory may help"), engine);
        assertEquals(1, engine.lines().count());
        Path file = Files.write(directory.resolve("mine.pt"), new byte[] {1});
        String heap = failure(vast, scripted(trial, file, Sha256.hex(new byte[] {1}), false));
        assertTrue(heap.startsWith(expected.formatted("Java heap space); ")), heap);
    }

    @Test
    void validatesOnRealImagesThatItDoesNotTrainOn() {
        TrialRequest validated = TrialRequest.newBuilder(trial)
                .setRecipe(Recipe.newBuilder()
                        .setValidation(1)
                        .setLoss("dice")
                        .setOptimiser("sgd")
                        .setSchedule("step")
                        .setDrops(List.of(0.5))
                        .build())
                .build();
        RecordingObserver observer = new RecordingObserver();
        TrialOutcome.Completed outcome = completed(runner.run(validated, observer));
        assertEquals(3, outcome.provenance().getRealImages());
        assertEquals(1, outcome.report().getValidationImages());
        assertTrue(observer.reports().stream().allMatch(p -> p.validation().isPresent()));
        assertEquals(
                observer.reports().get(2).validation().getAsDouble(),
                outcome.report().getValidation());
    }

    @Test
    void trainsEveryClassifierWithEveryLossOfIts() {
        TrialRequest findings = Trials.phantomFindings("s", 24, 6, 2);
        for (String network : List.of("small-cnn", "resnet-18", "resnet-50", "densenet-121")) {
            for (String loss : List.of("bce", "focal")) {
                TrialRequest one = TrialRequest.newBuilder(findings)
                        .setNetwork(new Network(network, 4, 3, null))
                        .setTraining(new Training(2, 4, 0.01, 0.0, 2))
                        .setRecipe(Recipe.newBuilder()
                                .setLoss(loss)
                                .setBalanced(true)
                                .setValidation(4)
                                .setChosenThresholds(true)
                                .build())
                        .build();
                TrialOutcome.Completed outcome = completed(runner.run(one, new RecordingObserver()));
                assertEquals("f1", outcome.scores().metrics().get(0).getName());
            }
        }
    }

    @Test
    void anArmMayHaveStepsOfItsOwn() {
        TrialRequest longer = TrialRequest.newBuilder(trial)
                .setStrategy(Strategy.newBuilder().setSteps(12).build())
                .build();
        assertEquals(
                12,
                completed(runner.run(longer, new RecordingObserver())).report().getSteps());
    }

    @Test
    void beginsWithTheWeightsOfAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("start.safetensors");
        try (TrainableNetwork network = new LibtorchEngine(1)
                .create(
                        new NetworkShape(Architecture.UNET, 64, 3, 4, 2),
                        Objective.of(Objective.Kind.DICE),
                        Optimisation.adamW(0),
                        99)) {
            Files.write(file, network.state());
        }
        String sha256 = Sha256.hex(Files.readAllBytes(file));
        TrialOutcome.Completed begun =
                completed(runner.run(startingWith(file.toString(), sha256), new RecordingObserver()));
        assertTrue(begun.report().getStartTensors() > 10);
        assertEquals(sha256, begun.provenance().getStartWeightsSha256());
        assertFailure(
                "start weights: expected SHA-256 00, found " + sha256,
                TrialRequest.newBuilder(startingWith(file.toString(), "00")));
        Files.writeString(file, "no weights at all");
        assertFailure(
                "weights: expected a safetensors header",
                TrialRequest.newBuilder(startingWith(file.toString(), Sha256.hex(Files.readAllBytes(file)))));
    }

    private TrialRequest startingWith(String file, String sha256) {
        return TrialRequest.newBuilder(trial)
                .setRecipe(Recipe.newBuilder()
                        .setStartWeights(file)
                        .setStartWeightsSha256(sha256)
                        .build())
                .build();
    }

    /** A network of somebody's own with an output for each of two structures. */
    private static Path segmenter(Path directory) throws IOException {
        try (InputStream file = Script.class.getResourceAsStream("script-segmenter.pt")) {
            return Files.write(directory.resolve("mine.pt"), file.readAllBytes());
        }
    }

    private TrialRequest ofTwoStructures() {
        return TrialRequest.newBuilder(trial)
                .setTargets(List.of("left-lung", "heart"))
                .build();
    }

    @Test
    void trainsANetworkOfTheUsersOwn(@TempDir Path directory) throws IOException {
        Path file = segmenter(directory);
        String sha256 = Sha256.hex(Files.readAllBytes(file));
        TrialRequest two = ofTwoStructures();
        TrialOutcome.Completed scripted =
                completed(runner.run(scripted(two, file, sha256, false), new RecordingObserver()));
        assertEquals(sha256, scripted.provenance().getScriptSha256());
        assertEquals(2 * 3, scripted.scores().cases().size());
        assertFailure(
                "torchscript: expected an output of shape [2, 3, 64, 64]",
                TrialRequest.newBuilder(scripted(trial, file, sha256, false)));
        assertFailure(
                "torchscript: expected SHA-256 00, found " + sha256,
                TrialRequest.newBuilder(scripted(two, file, "00", true)));
    }

    /** A file's own weights are where the training begins, whatever the seed; without them the seed decides. */
    @Test
    void aNetworkOfTheUsersOwnMayKeepItsWeights(@TempDir Path directory) throws IOException {
        Path file = segmenter(directory);
        TrialRequest two = ofTwoStructures();
        assertEquals(untrained(two, file, true, 1), untrained(two, file, true, 2));
        assertNotEquals(untrained(two, file, false, 1), untrained(two, file, false, 2));
        assertNotEquals(untrained(two, file, true, 1), untrained(two, file, false, 1));
    }

    /** What a network says after a step that changes nothing. */
    private List<CaseResult> untrained(TrialRequest trial, Path file, boolean keep, long seed) throws IOException {
        TrialRequest seeded = TrialRequest.newBuilder(trial)
                .setInitialisationSeed(seed)
                .setTraining(new Training(1, 2, 1e-30, 0.0, 1))
                .build();
        return completed(runner, scripted(seeded, file, Sha256.hex(Files.readAllBytes(file)), keep))
                .scores()
                .cases();
    }

    private static TrialRequest scripted(TrialRequest trial, Path file, String sha256, boolean keep) {
        return TrialRequest.newBuilder(trial)
                .setNetwork(
                        new Network("torchscript", 16, 3, new io.synthray.event.Script(file.toString(), sha256, keep)))
                .build();
    }

    @Test
    void weighsTargetsByHand() {
        TrialRequest weighted = TrialRequest.newBuilder(trial)
                .setRecipe(Recipe.newBuilder()
                        .setLoss("bce")
                        .setTargetWeights(List.of(1.0, 1.0, 50.0))
                        .build())
                .build();
        TrialRequest alike = TrialRequest.newBuilder(weighted)
                .setRecipe(Recipe.newBuilder().setLoss("bce").build())
                .build();
        // A heart's pixel that is missed costs 50 times as much as one that is made up.
        assertTrue(hearts(weighted) > hearts(alike));
        assertFailure(
                "weights of targets: expected 3, found 1",
                TrialRequest.newBuilder(trial)
                        .setRecipe(Recipe.newBuilder()
                                .setTargetWeights(List.of(2.0))
                                .build()));
    }

    /** Pixels that are called heart. */
    private long hearts(TrialRequest request) {
        TargetDecisions heart = completed(runner.run(request, new RecordingObserver()))
                .report()
                .getDecisions()
                .get(2);
        return heart.getTruePositives() + heart.getFalsePositives();
    }

    @Test
    void refusesMoreImagesThanTheHeapHolds() {
        UnusableDataException refused = assertThrows(
                UnusableDataException.class, () -> MemoryCheck.require(trial, TrialPlan.of(trial), 30, 4 << 20));
        assertEquals(
                "memory: expected room for 4 training and 30 test images of 4 MiB in all, found a heap of 4 MiB (-Xmx)",
                refused.getMessage());
        UnusableDataException tooMany = assertThrows(
                UnusableDataException.class,
                () -> MemoryCheck.require(trial, TrialPlan.of(trial), 200_000, Long.MAX_VALUE));
        assertEquals("test images: expected at most 174762 of 12288 values each, found 200000", tooMany.getMessage());
    }

    @Test
    void saysWhyATrialCannotRun() {
        assertFailure(
                "network architecture: expected one of unet, torchscript for segmentation, found 'small-cnn'",
                TrialRequest.newBuilder(trial).setNetwork(new Network("small-cnn", 4, 2, null)));
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
                TrialRequest.newBuilder(trial)
                        .setAugmentation(
                                Augmentation.newBuilder().setRotation(500).build()));
        assertFailure(
                "training diverged: expected a finite loss and gradient in epoch 1, batch ",
                TrialRequest.newBuilder(trial).setTraining(new Training(10, 2, 1e30, 0.0, 4)));
    }

    @Test
    void saysWhatItCannotLearn() {
        TrialRequest.Builder recipe = TrialRequest.newBuilder(trial);
        assertFailure(
                "loss: expected bce, dice, bce+dice or focal for unet, found cross-entropy",
                recipe.setRecipe(Recipe.newBuilder().setLoss("cross-entropy").build()));
        assertFailure(
                "loss: expected one of bce, cross-entropy, dice, bce+dice, focal, found 'hinge'",
                recipe.setRecipe(Recipe.newBuilder().setLoss("hinge").build()));
        assertFailure(
                "validation images: expected 1 or more to choose epoch or thresholds, found 0",
                recipe.setRecipe(Recipe.newBuilder().setBestEpoch(true).build()));
        assertFailure(
                "optimiser: expected one of [adamw, sgd], found 'lamb'",
                recipe.setRecipe(Recipe.newBuilder().setOptimiser("lamb").build()));
        assertFailure(
                "strategy: expected synthetic images for 'ONLY', found none",
                TrialRequest.newBuilder(trial)
                        .setStrategy(
                                Strategy.newBuilder().setUse(SyntheticUse.ONLY).build()));
    }

    @Test
    void namesEpochBatchAndCaseWhereTheLossIsNoNumber() {
        Example sound = new Example("sound", image(0.5f), new float[3][64 * 64], new float[0]);
        Example broken = new Example("image 7", image(Float.NaN), new float[3][64 * 64], new float[0]);
        TrialRunner poisoned = new TrialRunner(
                new LibtorchEngine(1),
                request -> List.of(sound, broken),
                Checkpoints.none(),
                RunnerSettings.plain("1.2.3"));
        TrialOutcome.Failed failed =
                assertInstanceOf(TrialOutcome.Failed.class, poisoned.run(trial, new RecordingObserver()));
        assertTrue(
                failed.cause()
                        .matches("training diverged: expected a finite loss and gradient in epoch [123], batch [1234], "
                                + "found NaN, with image 7; .*"),
                failed.cause());
    }

    private static float[] image(float level) {
        float[] image = new float[64 * 64];
        Arrays.fill(image, level);
        image[0] = 0;
        return image;
    }

    @Test
    void namesTheCasesOfWhichATrainedNetworkSaysNothing() {
        assertFailure(
                "training diverged: expected numbers of the trained network, found NaN for case ",
                TrialRequest.newBuilder(trial).setTraining(new Training(1, 2, 1e38, 0.0, 4)));
    }

    @Test
    void balancesByWhatIsTrainedOn() {
        Objective objective = Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY);
        List<Example> examples = Stream.of(new float[] {1, 0}, new float[] {0, 0}, new float[] {0, 0})
                .map(labels -> new Example(new float[0], new float[0][], labels))
                .toList();
        assertEquals(
                "balanced loss: expected an image with 'b' to weigh it by, found none among 3",
                assertThrows(
                                UnusableDataException.class,
                                () -> TargetWeights.balanced(objective, examples, List.of("a", "b")))
                        .getMessage());
        assertEquals(
                List.of(2.0),
                TargetWeights.balanced(objective, examples, List.of("a")).targetWeights());
    }

    @Test
    void tellsWhichPixelsAResultRestsOn() {
        TrialProvenance first =
                completed(runner.run(trial, new RecordingObserver())).provenance();
        TrialProvenance again =
                completed(runner.run(trial, new RecordingObserver())).provenance();
        assertEquals(first, again);
        assertNotEquals(first.getTrainImagesDigest(), first.getTestImagesDigest());
        Example example = new Example("a", new float[] {0.5f, 0.25f}, new float[0][], new float[] {1});
        Example pixel = new Example("a", new float[] {0.5f, 0.26f}, new float[0][], new float[] {1});
        Example label = new Example("a", new float[] {0.5f, 0.25f}, new float[0][], new float[] {0});
        assertEquals(
                3,
                Stream.of(example, pixel, label, example)
                        .map(e -> ImagesDigest.of(Stream.of(e)))
                        .distinct()
                        .count());
    }

    /** What a network can never learn is refused before the first step; the study goes on without the trial. */
    @Test
    void aTrialWhoseImagesLackAClassFails() {
        TrialRequest only = TrialRequest.newBuilder(Trials.phantomFindings("s", 12, 4, 2))
                .setNetwork(new Network("small-cnn", 4, 2, null))
                .setManifest(new ManifestRef("shared", "d", 2, 1))
                .setStrategy(Strategy.newBuilder().setUse(SyntheticUse.ONLY).build())
                .build();
        assertEquals(
                "class 'pleural-effusion': expected labels, found none on 2 training images",
                failure(labelled(new float[] {1, Float.NaN}, new float[] {0, Float.NaN}), only));
        assertEquals(
                "target 'pleural-effusion': expected a training image that has it, found none among 2",
                failure(labelled(new float[] {1, 0}, new float[] {0, 0}), only));
        // A label that is missing here and there is masked, and a class that every image has can be learnt.
        completed(labelled(new float[] {1, 1}, new float[] {1, Float.NaN}).run(only, new RecordingObserver()));
        // What the synthetic images lack the real ones may have.
        completed(labelled(new float[] {1, 0}, new float[] {0, 0})
                .run(
                        TrialRequest.newBuilder(only)
                                .setStrategy(Strategy.newBuilder().build())
                                .build(),
                        new RecordingObserver()));
    }

    private static TrialRunner labelled(float[]... labels) {
        return Outcomes.runner(
                Checkpoints.none(),
                Stream.of(labels)
                        .map(l -> new Example("synthetic", image(0.5f), new float[0][], l))
                        .toList());
    }

    @Test
    void everyClassMustBeKnownAndPresentSomewhere() {
        List<String> classes = List.of("a", "b");
        Objective single = Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY);
        assertEquals(
                "class 'b': expected labels, found none on 2 training images",
                refusal(classes, single, new float[] {1, Float.NaN}, new float[] {0, Float.NaN}));
        assertEquals(
                "target 'b': expected a training image that has it, found none among 2",
                refusal(classes, single, new float[] {1, 0}, new float[] {0, 0}));
        assertEquals(
                "an image: expected one class of [a, b], since they exclude each other, found [a, b]",
                refusal(classes, Objective.of(Objective.Kind.CROSS_ENTROPY), new float[] {1, 0}, new float[] {1, 1}));
    }

    private static String refusal(List<String> classes, Objective objective, float[]... labels) {
        List<Example> examples = Stream.of(labels)
                .map(l -> new Example(new float[0], new float[0][], l))
                .toList();
        return assertThrows(UnusableDataException.class, () -> TargetCheck.require(classes, examples, objective))
                .getMessage();
    }

    private void assertFailure(String cause, TrialRequest.Builder broken) {
        String found = failure(runner, broken.build());
        assertTrue(found.startsWith(cause), found);
    }
}
