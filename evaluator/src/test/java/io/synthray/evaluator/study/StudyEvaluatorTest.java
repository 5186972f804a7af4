package io.synthray.evaluator.study;

import static io.synthray.evaluator.fixture.Studies.MASKS;
import static io.synthray.evaluator.fixture.Studies.REAL;
import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvents;
import io.synthray.evaluator.fixture.MemoryTable;
import io.synthray.evaluator.fixture.Sent;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.ImageMade;
import io.synthray.event.ImageSetState;
import io.synthray.event.ManifestChunk;
import io.synthray.event.ManifestEntry;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.random.SeedDerivation;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.ManifestDigest;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyEvaluatorTest {
    private static final Position ANYWHERE = new Position(3, 17);

    private final StudyTables tables = MemoryTable.tables();
    private final Sent sent = new Sent();
    private final StudyEvaluator evaluator = new StudyEvaluator(tables, sent, 1e-3, "evaluator");
    private final StudyPlan plan = Studies.plan("s", 3, 4, 1);
    private long sequence;

    @Test
    void trialsWithoutImagesStartWithTheSeal() {
        plan(StudySeal.OPEN);
        assertEquals(StudyPhase.SUBMITTING, state().getPhase());
        assertEquals(List.of(), sent.of(TopicCatalogue.TRIALS));

        plan(StudySeal.SEALED);

        List<TrialRequest> trials = sent.of(TopicCatalogue.TRIALS);
        assertEquals(
                List.of("s/real-only/1", "s/real-only/2", "s/real-only/3"),
                trials.stream().map(TrialRequest::getTrial).toList());
        TrialRequest second = trials.get(1);
        assertNull(second.getManifest());
        assertEquals(plan.getSubsets().get(1), second.getSubset());
        assertEquals(SeedDerivation.derive(plan.getSeed(), "initialisation", "2"), second.getInitialisationSeed());
        assertEquals(SeedDerivation.derive(plan.getSeed(), "order", "2"), second.getOrderSeed());
        assertNotEquals(second.getInitialisationSeed(), trials.get(0).getInitialisationSeed());
        assertEquals(StudyPhase.RUNNING, state().getPhase());
        assertEquals(3, sent.of(TopicCatalogue.STATISTICS).size());
        assertTrue(sent.of(TopicCatalogue.STATISTICS).stream()
                .allMatch(s -> s.getStatus() == StatisticsStatus.WAITING && s.getPlanned() == 3));
    }

    @Test
    void aCompleteImageSetIsFrozenAndItsTrialsAreRequested() {
        plan(StudySeal.SEALED);
        ImageSetId shared = ImageSetId.shared("s", SHARED);
        List.of(2, 0, 3).forEach(index -> image(new RequestId(shared, index)));
        assertEquals(List.of(), sent.of(TopicCatalogue.MANIFESTS));

        image(new RequestId(shared, 1));

        ManifestChunk manifest = only(sent.of(TopicCatalogue.MANIFESTS));
        assertEquals(
                List.of(0, 1, 2, 3),
                manifest.getEntries().stream().map(ManifestEntry::getIndex).toList());
        assertEquals(ManifestDigest.of(manifest.getEntries()), manifest.getDigest());
        assertEquals(
                Studies.sha256("s/real+shared/shared/2"),
                manifest.getEntries().get(2).getSha256());
        List<TrialRequest> trials = requested(SHARED);
        assertEquals(3, trials.size());
        assertTrue(trials.stream()
                .allMatch(t -> t.getManifest().getDigest().equals(manifest.getDigest())
                        && t.getManifest().getImages() == 4
                        && t.getManifest().getImageSet().equals("shared")));
    }

    @Test
    void anImageSetOfARepeatServesThatRepeatOnly() {
        plan(StudySeal.SEALED);
        images(ImageSetId.ofRepeat("s", MASKS, 2));
        TrialRequest trial = only(requested(MASKS));
        assertEquals("s/real+masks/2", trial.getTrial());
        assertEquals("repeat-2", trial.getManifest().getImageSet());
    }

    @Test
    void nothingIsFrozenBeforeTheSeal() {
        plan(StudySeal.OPEN);
        images(ImageSetId.shared("s", SHARED));
        assertEquals(List.of(), sent.of(TopicCatalogue.MANIFESTS));
        plan(StudySeal.SEALED);
        assertEquals(1, sent.of(TopicCatalogue.MANIFESTS).size());
        assertEquals(3, requested(SHARED).size());
    }

    @Test
    void aManifestIsCutIntoChunks() {
        StudyPlan big = Studies.plan("big", 2, 1201, 0);
        tell(StudyEvents.planned(Studies.study(big, StudySeal.SEALED), ANYWHERE));
        IntStream.range(0, 1201).forEach(i -> image(new RequestId(ImageSetId.shared("big", SHARED), i)));
        List<ManifestChunk> chunks = sent.of(TopicCatalogue.MANIFESTS);
        assertEquals(
                List.of(500, 500, 201),
                chunks.stream().map(c -> c.getEntries().size()).toList());
        List<ManifestEntry> whole = new ArrayList<>();
        chunks.forEach(chunk -> whole.addAll(chunk.getEntries()));
        assertTrue(chunks.stream().allMatch(c -> c.getDigest().equals(ManifestDigest.of(whole)) && c.getChunks() == 3));
        assertEquals(3, requested(SHARED).get(0).getManifest().getChunks());
    }

    @Test
    void failuresWithinTheToleranceLeaveGapsInTheManifest() {
        plan(StudySeal.SEALED);
        ImageSetId shared = ImageSetId.shared("s", SHARED);
        outcome(new RequestId(shared, 1), OutcomeStatus.FAILED);
        List.of(0, 2, 3).forEach(index -> image(new RequestId(shared, index)));
        ManifestChunk manifest = only(sent.of(TopicCatalogue.MANIFESTS));
        assertEquals(
                List.of(0, 2, 3),
                manifest.getEntries().stream().map(ManifestEntry::getIndex).toList());
        evaluator.publishChanged();
        ImageSetState set = state(SHARED, "shared");
        assertEquals(List.of(3L, 1L, 0L, 0L), counts(set));
        assertEquals(manifest.getDigest(), set.getDigest());
        assertNull(set.getFailure());
        assertEquals(
                List.of("real+shared/shared: 1 of 4 requests failed, for instance FAILED at index 1: no such model"),
                state().getNotes());
    }

    @Test
    void failuresBeyondTheToleranceEndTheStudyAsFailed() {
        plan(StudySeal.SEALED);
        ImageSetId shared = ImageSetId.shared("s", SHARED);
        outcome(new RequestId(shared, 0), OutcomeStatus.PARKED);
        outcome(new RequestId(shared, 1), OutcomeStatus.SKIPPED);
        List.of(2, 3).forEach(index -> image(new RequestId(shared, index)));
        plan.getSubsets().forEach(s -> images(ImageSetId.ofRepeat("s", MASKS, s.getRepeat())));
        Studies.trialIds(plan).stream().filter(t -> !t.arm().equals(SHARED)).forEach(this::result);

        assertEquals(3, sent.of(TopicCatalogue.MANIFESTS).size());
        assertEquals(List.of(), requested(SHARED));
        assertEquals(StudyPhase.FAILED, state().getPhase());
        assertEquals(3, state().getTrials().getSkipped());
        assertEquals(6, state().getTrials().getCompleted());
        Statistics failed = statistics(SHARED + "/real-only/dice");
        assertEquals(StatisticsStatus.INCOMPLETE, failed.getStatus());
        assertEquals(0, failed.getPairs().size());
        assertTrue(failed.getNote().contains("2 of 4 images are lacking, at most 1 may"), failed.getNote());
        assertEquals(
                StatisticsStatus.COMPLETE, statistics(MASKS + "/real-only/dice").getStatus());
    }

    @Test
    void anImageSetWithoutAnyImageFailsWhateverTheTolerance() {
        StudyPlan tolerant = Studies.plan("t", 2, 2, 5);
        tell(StudyEvents.planned(Studies.study(tolerant, StudySeal.SEALED), ANYWHERE));
        ImageSetId shared = ImageSetId.shared("t", SHARED);
        outcome(new RequestId(shared, 0), OutcomeStatus.FAILED);
        outcome(new RequestId(shared, 1), OutcomeStatus.FAILED);
        assertEquals(List.of(), sent.of(TopicCatalogue.MANIFESTS));
        evaluator.publishChanged();
        assertEquals(2, state("t").getTrials().getSkipped());
    }

    @Test
    void theFirstImageOfAnIndexIsCanonical() {
        plan(StudySeal.SEALED);
        ImageSetId shared = ImageSetId.shared("s", SHARED);
        RequestId first = new RequestId(shared, 0);
        image(first);
        tell(StudyEvents.imaged(
                ImageMade.newBuilder(Studies.image(first, "late"))
                        .setSha256(Studies.sha256("other"))
                        .build(),
                ANYWHERE));
        IntStream.of(1, 2, 3).forEach(i -> image(new RequestId(shared, i)));
        image(first);
        assertEquals(
                Studies.sha256(first.key()),
                only(sent.of(TopicCatalogue.MANIFESTS)).getEntries().get(0).getSha256());
        evaluator.publishChanged();
        assertEquals(List.of(4L, 0L, 0L, 2L), counts(state(SHARED, "shared")));
    }

    @Test
    void anImageTakesThePlaceOfAnOutcomeUntilTheSetHasEnded() {
        plan(StudySeal.SEALED);
        ImageSetId shared = ImageSetId.shared("s", SHARED);
        outcome(new RequestId(shared, 0), OutcomeStatus.FAILED);
        outcome(new RequestId(shared, 1), OutcomeStatus.SKIPPED);
        image(new RequestId(shared, 0));
        image(new RequestId(shared, 2));
        outcome(new RequestId(shared, 2), OutcomeStatus.PARKED);
        outcome(new RequestId(shared, 1), OutcomeStatus.FAILED);
        image(new RequestId(shared, 3));
        image(new RequestId(shared, 1));

        assertEquals(
                List.of(0, 2, 3),
                only(sent.of(TopicCatalogue.MANIFESTS)).getEntries().stream()
                        .map(ManifestEntry::getIndex)
                        .toList());
        evaluator.publishChanged();
        assertEquals(List.of(3L, 0L, 1L, 3L), counts(state(SHARED, "shared")));
    }

    @Test
    void theFirstResultCountsAndLaterOnesAreCompared() {
        plan(StudySeal.SEALED);
        TrialId trial = new TrialId("s", REAL, 1);
        tell(StudyEvents.trialEnded(Studies.result(trial, 0.9), ANYWHERE));
        tell(StudyEvents.trialEnded(Studies.result(trial, 0.9004), ANYWHERE));
        tell(StudyEvents.trialEnded(Studies.result(trial, 0.8), ANYWHERE));
        tell(StudyEvents.trialEnded(Studies.failure(trial, "out of memory"), ANYWHERE));
        evaluator.publishChanged();
        assertEquals(1, state().getTrials().getCompleted());
        assertEquals(3, state().getTrials().getDuplicates());
        assertEquals(2, state().getTrials().getConflicting());

        images(ImageSetId.ofRepeat("s", MASKS, 1));
        result(new TrialId("s", MASKS, 1));
        assertEquals(
                0.9, statistics(MASKS + "/real-only/dice").getPairs().get(0).getReference());
    }

    @Test
    void aResultCountsWhenAllItsChunksHaveCome() {
        plan(StudySeal.SEALED);
        TrialId trial = new TrialId("s", REAL, 1);
        tell(StudyEvents.trialEnded(Studies.resultChunk(trial, 2, 3, 0.9), ANYWHERE));
        tell(StudyEvents.trialEnded(Studies.resultChunk(trial, 0, 3, 0.9), ANYWHERE));
        evaluator.publishChanged();
        assertEquals(0, state().getTrials().getCompleted());
        tell(StudyEvents.trialEnded(Studies.resultChunk(trial, 1, 3, 0.9), ANYWHERE));
        evaluator.publishChanged();
        assertEquals(1, state().getTrials().getCompleted());
    }

    @Test
    void aFailedTrialLeavesItsComparisonsIncomplete() {
        plan(StudySeal.SEALED);
        everyImage();
        Studies.trialIds(plan).forEach(trial -> {
            if (trial.equals(new TrialId("s", MASKS, 2))) {
                tell(StudyEvents.trialEnded(Studies.failure(trial, "loss is not finite"), ANYWHERE));
            } else {
                result(trial);
            }
        });
        Statistics masks = statistics(MASKS + "/real-only/dice");
        assertEquals(StatisticsStatus.INCOMPLETE, masks.getStatus());
        assertEquals(2, masks.getPairs().size());
        assertNull(masks.getPOneTailed());
        assertTrue(masks.getMeanDifference() > 0);
        assertTrue(masks.getNote().contains("trial real+masks/2 failed: loss is not finite"), masks.getNote());
        assertEquals(
                StatisticsStatus.COMPLETE,
                statistics(SHARED + "/real-only/dice").getStatus());
        assertEquals(StudyPhase.FAILED, state().getPhase());
    }

    @Test
    void aCompleteStudySaysSo() {
        plan(StudySeal.SEALED);
        everyImage();
        Studies.trialIds(plan).forEach(this::result);
        assertEquals(StudyPhase.COMPLETE, state().getPhase());
        assertEquals(9, state().getTrials().getCompleted());
        assertEquals(4, sent.of(TopicCatalogue.MANIFESTS).size());
        assertEquals(9, sent.of(TopicCatalogue.TRIALS).size());
        assertTrue(sent.newest(TopicCatalogue.STATISTICS).values().stream()
                .allMatch(s ->
                        s.getStatus() == StatisticsStatus.COMPLETE && s.getFamily() == 3 && s.getPOneTailed() != null));
        assertTrue(statistics(SHARED + "/real-only/dice").getSharedImageSet());
        assertEquals(List.of(), state().getNotes());
    }

    @Test
    void eventsBeforeThePlanWait() {
        everyImage();
        Studies.trialIds(plan).forEach(this::result);
        assertEquals(List.of(), sent.of(TopicCatalogue.STUDY_STATES));
        plan(StudySeal.SEALED);
        assertEquals(StudyPhase.COMPLETE, state().getPhase());
        assertEquals(4, sent.of(TopicCatalogue.MANIFESTS).size());
        assertEquals(3, sent.newest(TopicCatalogue.STATISTICS).size());
    }

    @Test
    void anotherPlanUnderTheSameIdIsRefused() {
        plan(StudySeal.SEALED);
        StudyPlan other = StudyPlan.newBuilder(plan).setTitle("another").build();
        tell(StudyEvents.planned(Studies.study(other, StudySeal.SEALED), ANYWHERE));
        evaluator.publishChanged();
        assertEquals(Studies.study(plan, StudySeal.SEALED).getPlanHash(), state().getPlanHash());
        assertTrue(
                state().getNotes().get(0).startsWith("Another plan (hash "),
                state().getNotes().toString());
    }

    @Test
    void whatIsNotPlannedIsCountedAndNoted() {
        plan(StudySeal.SEALED);
        image(new RequestId(ImageSetId.shared("s", SHARED), 4));
        image(new RequestId(ImageSetId.shared("s", "elsewhere"), 0));
        result(new TrialId("s", REAL, 9));
        result(new TrialId("s", "unknown-arm", 1));
        evaluator.publishChanged();
        assertEquals(
                List.of("4 records are in quarantine, for instance request s/real+shared/shared/4:"
                        + " expected one of the plan, found none such in it"),
                state().getNotes());
        assertEquals(4, state().getQuarantinedRecords());
        assertEquals("trial real-only/9", state().getQuarantined().get(2).getSubject());
        assertEquals("trial unknown-arm/1", state().getQuarantined().get(3).getSubject());
        assertEquals(
                List.of(
                        TopicCatalogue.IMAGES,
                        TopicCatalogue.IMAGES,
                        TopicCatalogue.TRIAL_RESULTS,
                        TopicCatalogue.TRIAL_RESULTS),
                sent.quarantined().stream().map(Sent.SetAside::topic).toList());
        assertEquals(0, state().getTrials().getCompleted());
    }

    @Test
    void aRestartPublishesTheStateThatWasHeldBack() {
        plan(StudySeal.SEALED);
        image(new RequestId(ImageSetId.shared("s", SHARED), 0));
        Sent later = new Sent();
        new StudyEvaluator(tables, later, 1e-3, "evaluator").publishChanged();
        assertEquals(
                1,
                only(later.of(TopicCatalogue.STUDY_STATES))
                        .getImageSets()
                        .get(3)
                        .getMade());
        Sent again = new Sent();
        new StudyEvaluator(tables, again, 1e-3, "evaluator").publishChanged();
        assertEquals(List.of(), again.of(TopicCatalogue.STUDY_STATES));
    }

    private void plan(StudySeal seal) {
        tell(StudyEvents.planned(Studies.study(plan, seal), ANYWHERE));
    }

    private void everyImage() {
        Studies.requestIds(plan).forEach(this::image);
    }

    private void images(ImageSetId set) {
        Studies.requestIds(plan).stream()
                .filter(id -> id.imageSet().equals(set))
                .forEach(this::image);
    }

    private void image(RequestId id) {
        tell(StudyEvents.imaged(Studies.image(id, "worker"), ANYWHERE));
    }

    private void outcome(RequestId id, OutcomeStatus status) {
        tell(StudyEvents.notImaged(Studies.outcome(id, status, "no such model"), ANYWHERE));
    }

    private void result(TrialId trial) {
        tell(StudyEvents.trialEnded(Studies.result(trial, Studies.dice(trial)), ANYWHERE));
    }

    private void tell(StudyEvent event) {
        evaluator.handle(event, sequence++);
        evaluator.settle();
    }

    private List<TrialRequest> requested(String arm) {
        return sent.of(TopicCatalogue.TRIALS).stream()
                .filter(trial -> trial.getArm().equals(arm))
                .toList();
    }

    private Statistics statistics(String comparison) {
        evaluator.publishChanged();
        return sent.newest(TopicCatalogue.STATISTICS).get("s/" + comparison);
    }

    private StudyState state() {
        return state("s");
    }

    private StudyState state(String study) {
        return sent.newest(TopicCatalogue.STUDY_STATES).get(study);
    }

    private ImageSetState state(String arm, String imageSet) {
        return only(state().getImageSets().stream()
                .filter(set -> set.getArm().equals(arm) && set.getImageSet().equals(imageSet))
                .toList());
    }

    /** Made, failed, skipped, duplicates. */
    private static List<Long> counts(ImageSetState set) {
        return List.of(set.getMade(), set.getFailed(), set.getSkipped(), set.getDuplicates());
    }

    private static <T> T only(List<T> list) {
        assertEquals(1, list.size(), list.toString());
        return list.get(0);
    }
}
