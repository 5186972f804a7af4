package io.synthray.evaluator.reconcile;

import static io.synthray.evaluator.fixture.Studies.REAL;
import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvents;
import io.synthray.evaluator.fixture.MemoryTable;
import io.synthray.evaluator.fixture.Sent;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.reconcile.Archive.Answer;
import io.synthray.evaluator.study.StudyEvaluator;
import io.synthray.evaluator.study.StudyTables;
import io.synthray.evaluator.study.Unanswered.Kind;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.TrialRequest;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final StudyPlan plan = Studies.plan("s", 2, 4, 0);
    private final StudyTables tables = MemoryTable.tables();
    private final Sent sent = new Sent();
    private final StudyEvaluator evaluator = new StudyEvaluator(tables, sent, 1e-3, "evaluator-1");
    private Answer answer = found("whatever");
    private final Reconciler reconciler = new Reconciler(evaluator, (topic, at) -> answer, 1, 2);

    @BeforeEach
    void seal() {
        tell(StudyEvents.planned(Studies.study(plan, StudySeal.SEALED), new Position(0, 0)));
    }

    @Test
    void answeredRequestsAreLeftAlone() {
        request(0, 5);
        tell(StudyEvents.imaged(Studies.image(id(0), "worker"), new Position(0, 0)));
        request(0, 9);
        reconciler.scan(images(100));
        assertEquals(List.of(), sent.again());
    }

    @Test
    void requestsThatAreStillToComeAreLeftAlone() {
        request(0, 5);
        reconciler.scan(images(5));
        assertEquals(List.of(), sent.again());
    }

    @Test
    void aRepublishedRequestWaitsForItsNewRecord() {
        request(0, 5);
        reconciler.scan(images(6));
        assertEquals(
                List.of(new Sent.Again(TopicCatalogue.GENERATION_REQUESTS, new Position(7, 5), "key", "whatever")),
                sent.again());
        reconciler.scan(images(7));
        assertEquals(1, sent.again().size());
        request(0, 8);
        reconciler.scan(images(8));
        assertEquals(1, sent.again().size());
        reconciler.scan(images(9));
        GenerationOutcome outcome = sent.of(TopicCatalogue.GENERATION_OUTCOMES).get(0);
        assertEquals("given up: the share group generators passed it by without an answer 2 times", outcome.getError());
        reconciler.scan(images(10));
        assertEquals(1, sent.of(TopicCatalogue.GENERATION_OUTCOMES).size());
    }

    @Test
    void aScanTakesTheOldestFirstAndIsGoneOnWith() {
        IntStream.of(3, 1, 0, 2).forEach(index -> request(index, index));
        reconciler.scan(images(4));
        assertEquals(List.of(0L, 1L), offsets());
        reconciler.scan(images(4));
        assertEquals(List.of(0L, 1L, 2L, 3L), offsets());
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedAgain() {
        request(0, 5);
        answer = new Answer.Unknown();
        reconciler.scan(images(6));
        assertEquals(List.of(), sent.again());
        answer = found("late");
        reconciler.scan(images(6));
        assertEquals(1, sent.again().size());
    }

    @Test
    void aRecordThatIsGoneIsGivenUpAtOnce() {
        request(0, 5);
        answer = new Answer.Gone();
        reconciler.scan(images(6));
        assertEquals(
                "given up: its record is no longer in generation.requests",
                sent.of(TopicCatalogue.GENERATION_OUTCOMES).get(0).getError());
    }

    @Test
    void aTrialThatIsGivenUpHasFailed() {
        TrialId trial = new TrialId("s", REAL, 1);
        TrialRequest request = sent.of(TopicCatalogue.TRIALS).get(0);
        tell(StudyEvents.trialRequested(request, new Position(2, 0)));
        reconciler.scan(new PassedBy(Map.of(Kind.TRIAL, Map.of(2, 1L))));
        assertEquals(1, sent.again().size());
        tell(StudyEvents.trialRequested(request, new Position(2, 1)));
        reconciler.scan(new PassedBy(Map.of(Kind.TRIAL, Map.of(2, 2L))));
        tell(StudyEvents.trialEnded(Studies.result(trial, 0.9), new Position(0, 0)));

        evaluator.publishChanged();
        StudyState state = sent.newest(TopicCatalogue.STUDY_STATES).get("s");
        assertEquals(1, state.getTrials().getFailed());
        assertEquals(0, state.getTrials().getCompleted());
        assertEquals(1, state.getTrials().getDuplicates());
        assertEquals(1, state.getRepublished());
        assertTrue(
                state.getNotes()
                        .contains("Trial real-only/1 failed: given up: the share group trainers passed it by"
                                + " without an answer 2 times"),
                state.getNotes().toString());
    }

    private List<Long> offsets() {
        return sent.again().stream().map(again -> again.from().offset()).toList();
    }

    private void request(int index, long offset) {
        tell(StudyEvents.requested(Studies.request(id(index)), new Position(7, offset)));
    }

    private static RequestId id(int index) {
        return new RequestId(ImageSetId.shared("s", SHARED), index);
    }

    private static PassedBy images(long offset) {
        return new PassedBy(Map.of(Kind.IMAGE, Map.of(7, offset)));
    }

    private static Answer found(String value) {
        return new Answer.Found("key".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private void tell(StudyEvent event) {
        evaluator.handle(event, 0);
        evaluator.settle();
    }
}
