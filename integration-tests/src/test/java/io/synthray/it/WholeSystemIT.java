package io.synthray.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.ImageMade;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.TrialStatus;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.ImageStores;
import io.synthray.local.platform.Child;
import io.synthray.local.stack.LocalStack;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.submit.Submitter;
import io.synthray.producer.watch.StudyWatch;
import io.synthray.producer.watch.WatchOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One study: undisturbed with one worker of each kind, with two of each, and while every program is killed. */
class WholeSystemIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration RESTART = Duration.ofSeconds(60);
    private static final PlannedStudy STUDY = SmallStudies.phantom();
    private static final String ID = STUDY.plan().getStudy();

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static Outcome undisturbed;

    @BeforeAll
    static void runUndisturbed() throws InterruptedException {
        stack = Stacks.start(directory.resolve("one"), 1, 1);
        new Submitter(stack.platform()).submit(STUDY, (published, planned) -> {});
        assertEquals(WatchOutcome.COMPLETE, watch(stack, new StringWriter()));
        undisturbed = Outcome.read(stack.platform(), ID);
        stack.close();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static WatchOutcome watch(LocalStack stack, StringWriter said) {
        return new StudyWatch(stack.platform(), new PrintWriter(said, true), StudyWatch.Style.LINES)
                .watch(ID, Optional.of(PATIENCE));
    }

    @Test
    void everyPlannedThingIsThere() {
        assertEquals(60, undisturbed.images().size());
        assertEquals(3, undisturbed.manifests().size());
        assertEquals(8, undisturbed.trials().size());
        assertEquals(8, undisturbed.results().size());
        undisturbed.results().values().forEach(result -> assertEquals(TrialStatus.COMPLETED, result.status()));
        assertEquals(3, undisturbed.statistics().size());
        undisturbed
                .statistics()
                .values()
                .forEach(statistics -> assertEquals(StatisticsStatus.COMPLETE, statistics.getStatus()));
    }

    @Test
    void imagesInTheStoreAreThoseOfTheEventsAndNoTwoAreAlike() {
        ImageStore store = ImageStores.open(directory.resolve("one/images").toUri());
        for (ImageMade image : undisturbed.images().values()) {
            byte[] png = store.get(URI.create(image.getUri()), image.getSha256());
            assertEquals(64, Png.decodeSamples(png, image.getRequest()).width());
            assertTrue(Png.texts(png, image.getRequest()).get("Description").contains("SYNTHETIC"));
        }
        assertEquals(
                60,
                undisturbed.images().values().stream()
                        .map(ImageMade::getSha256)
                        .distinct()
                        .count());
    }

    @Test
    void theNetworksHaveLearntSomethingFromRealImages() {
        undisturbed
                .results()
                .forEach((trial, result) -> assertTrue(result.mean("dice") > 0.5, trial + " " + result.metrics()));
    }

    /** Mean, t and P once more, from the trials' own results and by Commons Math's paired t-test. */
    @Test
    void statisticsFollowFromTheResults() {
        Statistics statistics = undisturbed.statistics().values().stream()
                .filter(each -> each.getPlan().getArm().equals("real+synthetic")
                        && each.getPlan().getReference().equals("real+augmentation"))
                .findFirst()
                .orElseThrow();
        double[] arm = dice("real+synthetic");
        double[] reference = dice("real+augmentation");
        double mean = IntStream.range(0, arm.length)
                .mapToDouble(i -> arm[i] - reference[i])
                .average()
                .orElseThrow();
        double twoSided = new TTest().pairedTTest(arm, reference);
        double oneTailed = mean > 0 ? twoSided / 2 : 1 - twoSided / 2;

        assertEquals(mean, statistics.getMeanDifference(), 1e-9);
        assertEquals(new TTest().pairedT(arm, reference), statistics.getT(), 1e-5 * Math.abs(statistics.getT()));
        assertEquals(oneTailed, statistics.getPOneTailed(), 1e-6);
        assertEquals(Math.min(1, 3 * oneTailed), statistics.getPBonferroni(), 3e-6);
        assertEquals(3, statistics.getFamily());
        assertEquals(statistics.getPBonferroni() < 0.05, statistics.getSignificant());
    }

    private static double[] dice(String arm) {
        return IntStream.rangeClosed(1, 2)
                .mapToDouble(repeat -> undisturbed
                        .results()
                        .get("%s/%s/%d/0".formatted(ID, arm, repeat))
                        .mean("dice"))
                .toArray();
    }

    @Test
    void twoWorkersOfEachKindGiveTheSame() throws InterruptedException {
        try (LocalStack two = Stacks.start(directory.resolve("two"), 2, 2)) {
            new Submitter(two.platform()).submit(STUDY, (published, planned) -> {});
            StringWriter said = new StringWriter();
            assertEquals(WatchOutcome.COMPLETE, watch(two, said), said::toString);
            Outcome outcome = Outcome.read(two.platform(), ID);

            assertSame(outcome);
            assertEquals(
                    2,
                    outcome.images().values().stream()
                            .map(ImageMade::getWorker)
                            .distinct()
                            .count(),
                    "both generators have worked");
        }
    }

    @Test
    void killingEveryProgramChangesNothing() throws Exception {
        try (LocalStack doomed = Stacks.start(directory.resolve("doomed"), 1, 1)) {
            new Submitter(doomed.platform()).submit(STUDY, (published, planned) -> {});
            StringWriter said = new StringWriter();
            CompletableFuture<WatchOutcome> watched = CompletableFuture.supplyAsync(() -> watch(doomed, said));
            awaitFirstWord(said, watched);
            for (String program : List.of("generator-1", "inference", "registry", "broker", "evaluator", "trainer-1")) {
                assertFalse(watched.isDone(), () -> "the study goes on when " + program + " is killed: " + said);
                killAndAwaitRestart(doomed, program);
            }
            assertEquals(WatchOutcome.COMPLETE, watched.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), said::toString);

            assertSame(Outcome.read(doomed.platform(), ID));
        }
    }

    /** A watch waits outages out once it has begun; to begin it needs broker and registry. */
    private static void awaitFirstWord(StringWriter said, CompletableFuture<WatchOutcome> watched)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (said.toString().isEmpty() && !watched.isDone()) {
            assertTrue(System.nanoTime() < deadline, "the watch has said nothing");
            Thread.sleep(100);
        }
    }

    private static void killAndAwaitRestart(LocalStack stack, String program) throws InterruptedException {
        Child before = Stacks.child(stack, program);
        before.kill();
        long deadline = System.nanoTime() + RESTART.toNanos();
        while (Stacks.child(stack, program).pid() == before.pid()) {
            assertTrue(System.nanoTime() < deadline, program + " has not been started again");
            Thread.sleep(100);
        }
        assertNotEquals(before.pid(), Stacks.child(stack, program).pid());
        Thread.sleep(3000);
    }

    private static void assertSame(Outcome outcome) {
        assertEquals(undisturbed.imageHashes(), outcome.imageHashes());
        assertEquals(undisturbed.manifests(), outcome.manifests());
        assertEquals(undisturbed.trials(), outcome.trials());
        assertEquals(undisturbed.results(), outcome.results());
        assertEquals(undisturbed.statistics(), outcome.statistics());
    }
}
