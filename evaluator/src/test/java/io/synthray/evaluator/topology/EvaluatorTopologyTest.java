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
import io.synthray.schemas.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole topology in Kafka Streams' own test driver. */
class EvaluatorTopologyTest {
    private static final TopicNames NAMES = new TopicNames("test.");
    private static final StudyPlan PLAN = Studies.plan("s", 2, 2, 0);
    private static final EvaluatorTopology.Settings SETTINGS = new EvaluatorTopology.Settings(
            "evaluator-1", 4, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 100, 1e-3);

    private final AvroBytes avro = new AvroBytes();
    private final AtomicReference<PassedBy> passedBy = new AtomicReference<>(PassedBy.NOTHING);
    private TopologyTestDriver driver;

    @BeforeEach
    @BeforeTry
    void start() {
        passedBy.set(PassedBy.NOTHING);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test.evaluator");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "synthray-topology-" + ProcessHandle.current().pid())
                        .toString());
        driver = new TopologyTestDriver(
                EvaluatorTopology.of(
                        NAMES,
                        SETTINGS,
                        new EvaluatorTopology.Surroundings(
                                avro, AvroBytes.SERIALIZER, passedBy::get, EvaluatorTopologyTest::archived)),
                properties);
    }

    @AfterEach
    @AfterTry
    void stop() {
        driver.close();
    }

    /** The record that stood at a position; what the archive gives back goes out byte for byte. */
    private static Answer archived(Topic<?> topic, Position at) {
        return topic.equals(TopicCatalogue.GENERATION_REQUESTS)
                ? new Answer.Found(
                        "s/real+shared/shared/0".getBytes(StandardCharsets.UTF_8),
                        AvroBytes.SERIALIZER.serialize(
                                "", Studies.request(new RequestId(ImageSetId.shared("s", SHARED), 0))))
                : new Answer.Unknown();
    }

    /** A record and the topic that it goes to. */
    private record Input(Topic<?> topic, String key, SpecificRecord value) {}

    private static List<Input> wholeStudy() {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.OPEN)));
        inputs.add(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.SEALED)));
        for (RequestId id : Studies.requestIds(PLAN)) {
            inputs.add(new Input(TopicCatalogue.GENERATION_REQUESTS, id.key(), Studies.request(id)));
            inputs.add(new Input(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.image(id, "one")));
            inputs.add(new Input(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.image(id, "two")));
        }
        for (TrialId id : Studies.trialIds(PLAN)) {
            inputs.add(new Input(TopicCatalogue.TRIAL_RESULTS, id.key() + "/0", Studies.result(id, Studies.dice(id))));
        }
        return inputs;
    }

    @Provide
    Arbitrary<List<Input>> orders() {
        return Arbitraries.shuffle(wholeStudy());
    }

    @Property(tries = 15)
    void manifestsStatisticsAndStateDoNotDependOnTheOrder(@ForAll("orders") List<Input> order) {
        Map<String, SpecificRecord> shuffled = run(order);
        stop();
        start();
        assertEquals(run(wholeStudy()), shuffled);
    }

    private Map<String, SpecificRecord> run(List<Input> inputs) {
        inputs.forEach(this::send);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        List<TrialRequest> trials = read(TopicCatalogue.TRIALS);
        assertEquals(
                trials.size(),
                trials.stream().map(TrialRequest::getTrial).distinct().count());
        Map<String, SpecificRecord> newest = new TreeMap<>();
        for (Topic<?> topic :
                List.of(TopicCatalogue.MANIFESTS, TopicCatalogue.STATISTICS, TopicCatalogue.STUDY_STATES)) {
            readKeyed(topic).forEach((key, value) -> newest.put(topic.name() + " " + key, value));
        }
        assertEquals(3 + 3 + 1, newest.size());
        return newest;
    }

    @Test
    void anOrderlyStudyRunsThrough() {
        List<Input> inputs = wholeStudy();
        inputs.forEach(this::send);
        List<TrialRequest> trials = read(TopicCatalogue.TRIALS);
        assertEquals(
                Studies.trialIds(PLAN).stream().map(TrialId::key).sorted().toList(),
                trials.stream().map(TrialRequest::getTrial).sorted().toList());
        assertEquals(List.of(), read(TopicCatalogue.DEAD_LETTERS));
        var states = read(TopicCatalogue.STUDY_STATES);
        assertEquals(
                List.of(StudyPhase.SUBMITTING, StudyPhase.RUNNING, StudyPhase.COMPLETE),
                states.stream().map(StudyState::getPhase).toList());
        assertTrue(readKeyed(TopicCatalogue.STATISTICS).values().stream()
                .allMatch(s -> s.getStatus() == StatisticsStatus.COMPLETE));
    }

    @Test
    void statesArePublishedOnceASecondAtMost() {
        send(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.SEALED)));
        read(TopicCatalogue.STUDY_STATES);
        Studies.requestIds(PLAN)
                .forEach(id ->
                        send(new Input(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.image(id, "one"))));
        assertEquals(List.of(), read(TopicCatalogue.STUDY_STATES));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertEquals(1, read(TopicCatalogue.STUDY_STATES).size());
        driver.advanceWallClockTime(Duration.ofSeconds(5));
        assertEquals(List.of(), read(TopicCatalogue.STUDY_STATES));
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheStreamGoesOn() {
        byte[] garbage = {0, 1, 2, 3};
        input(TopicCatalogue.IMAGES).pipeInput("key".getBytes(StandardCharsets.UTF_8), garbage);
        input(TopicCatalogue.STUDIES).pipeInput("s".getBytes(StandardCharsets.UTF_8), (byte[]) null);
        StudyPlan wrong = StudyPlan.newBuilder(PLAN).setRepeats(7).build();
        send(new Input(TopicCatalogue.STUDIES, "s", Studies.study(wrong, StudySeal.SEALED)));
        RequestId id = new RequestId(ImageSetId.shared("s", SHARED), 0);
        var misnamed = Studies.image(id, "worker");
        misnamed.put("request", "s/real+shared/shared/1");
        send(new Input(TopicCatalogue.IMAGES, "key", misnamed));
        send(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.SEALED)));

        Map<String, DeadLetter> letters = readKeyed(TopicCatalogue.DEAD_LETTERS);
        assertEquals(
                List.of("test.images/0/0", "test.images/0/1", "test.studies/0/0", "test.studies/0/1"),
                letters.keySet().stream().sorted().toList());
        assertArrayEquals(garbage, letters.get("test.images/0/0").getValue().array());
        assertEquals(
                "request: expected 's/real+shared/shared/0' as the other fields say, found 's/real+shared/shared/1'",
                letters.get("test.images/0/1").getCause());
        assertEquals("evaluator", letters.get("test.images/0/1").getService());
        assertEquals(
                "plan.subsets: expected 7 of them, one a repeat, found 2",
                letters.get("test.studies/0/1").getCause());
        assertEquals(2, read(TopicCatalogue.TRIALS).size());
    }

    @Test
    void aRequestThatItsGroupHasPassedByIsPublishedAgainAndInTheEndParked() {
        RequestId id = new RequestId(ImageSetId.shared("s", SHARED), 0);
        send(new Input(TopicCatalogue.STUDIES, "s", Studies.study(PLAN, StudySeal.SEALED)));
        send(new Input(TopicCatalogue.GENERATION_REQUESTS, id.key(), Studies.request(id)));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertEquals(List.of(), read(TopicCatalogue.GENERATION_REQUESTS));

        for (long offset = 1; offset <= 2; offset++) {
            passedBy.set(new PassedBy(Map.of(Kind.IMAGE, Map.of(0, offset))));
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            var again = output(TopicCatalogue.GENERATION_REQUESTS).readRecordsToList();
            assertEquals(1, again.size());
            assertEquals(id.key(), new String(again.get(0).key(), StandardCharsets.UTF_8));
            assertEquals(
                    Studies.request(id),
                    avro.decode(TopicCatalogue.GENERATION_REQUESTS, again.get(0).value()));
            // The driver has piped the record back: it lies at the next offset now, which the group has not passed.
        }
        passedBy.set(new PassedBy(Map.of(Kind.IMAGE, Map.of(0, 3L))));
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertEquals(List.of(), read(TopicCatalogue.GENERATION_REQUESTS));
        GenerationOutcome outcome = read(TopicCatalogue.GENERATION_OUTCOMES).get(0);
        assertEquals(OutcomeStatus.PARKED, outcome.getStatus());
        assertEquals(id.key(), outcome.getRequest());
        assertEquals(3, outcome.getAttempts());
        assertEquals("evaluator-1", outcome.getIssuer());
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        var states = read(TopicCatalogue.STUDY_STATES);
        StudyState state = states.get(states.size() - 1);
        assertEquals(2, state.getRepublished());
        assertEquals(1, state.getImageSets().get(2).getFailed());
    }

    private void send(Input input) {
        input(input.topic())
                .pipeInput(
                        input.key().getBytes(StandardCharsets.UTF_8),
                        AvroBytes.SERIALIZER.serialize("", input.value()));
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?> topic) {
        return driver.createInputTopic(NAMES.of(topic), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(Topic<?> topic) {
        return driver.createOutputTopic(NAMES.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        return output(topic).readRecordsToList().stream()
                .map(r -> avro.decode(topic, r.value()))
                .toList();
    }

    private <T extends SpecificRecord> Map<String, T> readKeyed(Topic<T> topic) {
        Map<String, T> newest = new TreeMap<>(Comparator.naturalOrder());
        for (TestRecord<byte[], byte[]> read : output(topic).readRecordsToList()) {
            newest.put(new String(read.key(), StandardCharsets.UTF_8), avro.decode(topic, read.value()));
        }
        return newest;
    }
}
