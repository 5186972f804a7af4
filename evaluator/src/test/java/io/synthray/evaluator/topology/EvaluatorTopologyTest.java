package io.synthray.evaluator.topology;

import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.fixture.AvroBytes;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.reconcile.Archive.Answer;
import io.synthray.evaluator.reconcile.PassedBy;
import io.synthray.evaluator.study.Unanswered.Kind;
import io.synthray.event.DeadLetter;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.TrialRequest;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTopologyTest {
    private static final StudyPlan PLAN = Studies.plan("s", 2, 2, 0);
    private static final RequestId FIRST = new RequestId(ImageSetId.shared("s", SHARED), 0);

    private final TopologyHarness topology = new TopologyHarness(EvaluatorTopologyTest::archived);

    /** The first request, wherever it is asked for. */
    private static Answer archived(Topic<?> topic, Position at) {
        return new Answer.Found(
                FIRST.key().getBytes(StandardCharsets.UTF_8),
                AvroBytes.SERIALIZER.serialize("", Studies.request(FIRST)));
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void anOrderlyStudyRunsThrough() {
        runThrough();

        assertEquals(
                Studies.trialIds(PLAN).stream().map(TrialId::key).sorted().toList(),
                topology.read(TopicCatalogue.TRIALS).stream()
                        .map(TrialRequest::getTrial)
                        .sorted()
                        .toList());
        assertEquals(List.of(), topology.read(TopicCatalogue.DEAD_LETTERS));
        assertEquals(
                List.of(StudyPhase.SUBMITTING, StudyPhase.RUNNING, StudyPhase.COMPLETE),
                topology.read(TopicCatalogue.STUDY_STATES).stream()
                        .map(StudyState::getPhase)
                        .toList());
        assertTrue(topology.readKeyed(TopicCatalogue.STATISTICS).values().stream()
                .allMatch(s -> s.getStatus() == StatisticsStatus.COMPLETE));
    }

    @Test
    void statesArePublishedOnceASecondAtMost() {
        plan(StudySeal.SEALED);
        assertEquals(1, topology.read(TopicCatalogue.STUDY_STATES).size());
        Studies.requestIds(PLAN).forEach(this::image);
        assertEquals(List.of(), topology.read(TopicCatalogue.STUDY_STATES));
        topology.aSecondPasses();
        assertEquals(1, topology.read(TopicCatalogue.STUDY_STATES).size());
        // The trial requests are read back and counted; then nothing happens any more.
        topology.aSecondPasses();
        topology.read(TopicCatalogue.STUDY_STATES);
        topology.aSecondPasses();
        assertEquals(List.of(), topology.read(TopicCatalogue.STUDY_STATES));
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheStreamGoesOn() {
        byte[] garbage = {0, 1, 2, 3};
        topology.sendBytes(TopicCatalogue.IMAGES, "key", garbage);
        topology.sendBytes(TopicCatalogue.STUDIES, "s", null);
        StudyPlan wrong = StudyPlan.newBuilder(PLAN).setRepeats(7).build();
        topology.send(TopicCatalogue.STUDIES, "s", Studies.study(wrong, StudySeal.SEALED));
        ImageMade misnamed = ImageMade.newBuilder(Studies.image(FIRST, "worker"))
                .setRequest("s/real+shared/shared/1")
                .build();
        topology.send(TopicCatalogue.IMAGES, "key", misnamed);
        plan(StudySeal.SEALED);

        Map<String, DeadLetter> letters = topology.readKeyed(TopicCatalogue.DEAD_LETTERS);
        assertEquals(
                List.of("test.images/0/0", "test.images/0/1", "test.studies/0/0", "test.studies/0/1"),
                List.copyOf(letters.keySet()));
        assertArrayEquals(garbage, letters.get("test.images/0/0").getValue().array());
        assertEquals(
                "request: expected 's/real+shared/shared/0' as the other fields say, found 's/real+shared/shared/1'",
                letters.get("test.images/0/1").getCause());
        assertEquals("evaluator", letters.get("test.images/0/1").getService());
        assertEquals(
                "plan.subsets: expected 7 of them, one a repeat, found 2",
                letters.get("test.studies/0/1").getCause());
        assertEquals(2, topology.read(TopicCatalogue.TRIALS).size());
    }

    @Test
    void aRequestThatItsGroupHasPassedByIsPublishedAgainAndInTheEndParked() {
        plan(StudySeal.SEALED);
        request(FIRST);
        topology.aSecondPasses();
        assertEquals(List.of(), topology.read(TopicCatalogue.GENERATION_REQUESTS));

        for (long offset = 1; offset <= 2; offset++) {
            passBy(offset);
            // The driver pipes the copy back: it lies at the next offset now, which the group has not passed.
            topology.aSecondPasses();
            Map<String, GenerationRequest> again = topology.readKeyed(TopicCatalogue.GENERATION_REQUESTS);
            assertEquals(Map.of(FIRST.key(), Studies.request(FIRST)), again);
        }
        passBy(3);

        assertEquals(List.of(), topology.read(TopicCatalogue.GENERATION_REQUESTS));
        GenerationOutcome outcome =
                topology.read(TopicCatalogue.GENERATION_OUTCOMES).get(0);
        assertEquals(OutcomeStatus.PARKED, outcome.getStatus());
        assertEquals(FIRST.key(), outcome.getRequest());
        assertEquals(3, outcome.getAttempts());
        assertEquals("evaluator-1", outcome.getIssuer());
        topology.aSecondPasses();
        StudyState state = topology.readKeyed(TopicCatalogue.STUDY_STATES).get("s");
        assertEquals(2, state.getRepublished());
        assertEquals(1, state.getImageSets().get(2).getFailed());
    }

    /** A second image, an outcome and a result that says something else, all after the end. */
    @Test
    void whatComesLateIsCountedAndChangesNothing() {
        runThrough();
        topology.aSecondPasses();
        List<Topic<? extends SpecificRecord>> decisions = List.of(
                TopicCatalogue.MANIFESTS, TopicCatalogue.TRIALS, TopicCatalogue.STATISTICS, TopicCatalogue.CONTROL);
        decisions.forEach(topology::read);
        topology.read(TopicCatalogue.STUDY_STATES);

        image(FIRST);
        topology.send(
                TopicCatalogue.GENERATION_OUTCOMES,
                FIRST.key(),
                Studies.outcome(FIRST, OutcomeStatus.FAILED, "too late"));
        TrialId trial = Studies.trialIds(PLAN).get(0);
        topology.send(
                TopicCatalogue.TRIAL_RESULTS, trial.key() + "/0", Studies.result(trial, Studies.dice(trial) - 0.1));
        topology.aSecondPasses();

        decisions.forEach(topic -> assertEquals(List.of(), topology.read(topic), topic.name()));
        StudyState state = topology.readKeyed(TopicCatalogue.STUDY_STATES).get("s");
        assertEquals(StudyPhase.COMPLETE, state.getPhase());
        assertEquals(2, state.getImageSets().get(2).getDuplicates());
        assertEquals(2, state.getImageSets().get(2).getMade());
        assertEquals(0, state.getImageSets().get(2).getFailed());
        assertEquals(1, state.getTrials().getConflicting());
        assertEquals(1, state.getQuarantinedRecords());
        assertEquals(1, topology.read(TopicCatalogue.DEAD_LETTERS).size());
    }

    private void runThrough() {
        plan(StudySeal.OPEN);
        Studies.requestIds(PLAN).forEach(this::request);
        plan(StudySeal.SEALED);
        Studies.requestIds(PLAN).forEach(this::image);
        Studies.trialIds(PLAN)
                .forEach(trial -> topology.send(
                        TopicCatalogue.TRIAL_RESULTS, trial.key() + "/0", Studies.result(trial, Studies.dice(trial))));
    }

    private void passBy(long offset) {
        topology.passBy(new PassedBy(Map.of(Kind.IMAGE, Map.of(0, offset))));
        topology.aSecondPasses();
    }

    private void plan(StudySeal seal) {
        topology.send(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, seal));
    }

    private void request(RequestId id) {
        topology.send(TopicCatalogue.GENERATION_REQUESTS, id.key(), Studies.request(id));
    }

    private void image(RequestId id) {
        topology.send(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.image(id, "worker"));
    }
}
