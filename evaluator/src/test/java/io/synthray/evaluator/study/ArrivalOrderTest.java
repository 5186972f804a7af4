package io.synthray.evaluator.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvents;
import io.synthray.evaluator.fixture.MemoryTable;
import io.synthray.evaluator.fixture.Sent;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.specific.SpecificRecord;

/** What comes out of a study does not depend on the order in which its events come in. */
class ArrivalOrderTest {
    private static final StudyPlan PLAN = Studies.plan("s", 2, 3, 1);
    private static final List<StudyEvent> EVENTS = events();

    @Provide
    Arbitrary<List<StudyEvent>> orders() {
        return Arbitraries.shuffle(EVENTS);
    }

    @Property(tries = 300)
    void outputsAreTheSame(@ForAll("orders") List<StudyEvent> order) {
        assertEquals(outputs(EVENTS), outputs(order));
    }

    /** Plan, requests, images of all but two indexes (one an arm), each image and each chunk of each result twice. */
    private static List<StudyEvent> events() {
        List<StudyEvent> events = new ArrayList<>();
        events.add(StudyEvents.planned(Studies.study(PLAN, StudySeal.OPEN), new Position(0, 0)));
        events.add(StudyEvents.planned(Studies.study(PLAN, StudySeal.SEALED), new Position(0, 1)));
        for (RequestId id : Studies.requestIds(PLAN)) {
            events.add(StudyEvents.requested(Studies.request(id), new Position(id.index(), events.size())));
            if (id.key().endsWith("repeat-2/1") || id.key().endsWith("shared/2")) {
                events.add(StudyEvents.notImaged(
                        Studies.outcome(id, OutcomeStatus.FAILED, "no such structure"), new Position(0, 0)));
            } else {
                events.add(StudyEvents.imaged(Studies.image(id, "one"), new Position(0, 0)));
                events.add(StudyEvents.imaged(Studies.image(id, "two"), new Position(0, 0)));
            }
        }
        for (TrialId trial : Studies.trialIds(PLAN)) {
            for (int chunk = 0; chunk < 2; chunk++) {
                StudyEvent ended = StudyEvents.trialEnded(
                        Studies.resultChunk(trial, chunk, 2, Studies.dice(trial)), new Position(0, 0));
                events.add(ended);
                events.add(ended);
            }
        }
        return events;
    }

    private static Map<String, List<SpecificRecord>> outputs(List<StudyEvent> order) {
        StudyTables tables = MemoryTable.tables();
        Sent sent = new Sent();
        StudyEvaluator evaluator = new StudyEvaluator(tables, sent, 1e-3, "evaluator");
        for (int i = 0; i < order.size(); i++) {
            evaluator.handle(order.get(i), i);
            evaluator.settle();
        }
        evaluator.publishChanged();
        assertEquals(
                StudyPhase.COMPLETE,
                sent.newest(TopicCatalogue.STUDY_STATES).get("s").getPhase());
        return Map.of(
                "manifests", sorted(sent.of(TopicCatalogue.MANIFESTS)),
                "trials", trialsEverNeeded(sent, tables),
                "statistics",
                        sorted(List.copyOf(
                                sent.newest(TopicCatalogue.STATISTICS).values())),
                "state", List.copyOf(sent.newest(TopicCatalogue.STUDY_STATES).values()));
    }

    /** A trial whose result came before its request was due needs none; every other is requested once, always the same. */
    private static List<SpecificRecord> trialsEverNeeded(Sent sent, StudyTables tables) {
        var requests = sent.of(TopicCatalogue.TRIALS);
        assertEquals(
                requests.size(),
                requests.stream().map(r -> r.getTrial()).distinct().count());
        PlannedStudy study = new PlannedStudy(Studies.study(PLAN, StudySeal.SEALED));
        requests.forEach(request -> {
            TrialId trial = TrialId.parse(request.getTrial());
            assertEquals(TrialRequests.of(study, trial, request.getManifest()), request);
        });
        return sorted(study.imageSets().stream()
                .map(set -> tables.imageSets().get(set.id()).orElseThrow())
                .map(tally -> tally.manifest().ref(tally.manifest().digest()))
                .toList());
    }

    private static List<SpecificRecord> sorted(List<? extends SpecificRecord> records) {
        return records.stream().sorted(Comparator.comparing(Object::toString)).collect(Collectors.toList());
    }
}
