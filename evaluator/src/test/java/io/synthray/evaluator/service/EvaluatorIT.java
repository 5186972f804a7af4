package io.synthray.evaluator.service;

import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvents;
import io.synthray.evaluator.fixture.MemoryTable;
import io.synthray.evaluator.fixture.Sent;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.study.StudyEvaluator;
import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.CaseResult;
import io.synthray.event.DeadLetter;
import io.synthray.event.Fidelity;
import io.synthray.event.FidelityPlan;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ManifestChunk;
import io.synthray.event.Metric;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.Statistics;
import io.synthray.event.Study;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.Subgroups;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.local.platform.Await;
import io.synthray.local.platform.ServiceProcess;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.ShareGroup;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged evaluator against a real broker and registry; the tests play submit and workers by writing their events. */
class EvaluatorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static Servers servers;

    private KafkaSettings kafka;
    private RegistrySettings registry;
    private Path state;
    private Topics topics;
    private ServiceProcess evaluator;

    @BeforeAll
    static void startServers() throws Exception {
        servers = Servers.start(directory);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void setUp(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
        kafka = servers.kafka(name);
        registry = servers.registry();
        state = Files.createDirectory(directory.resolve(name));
        try (TopicAdmin admin = new TopicAdmin(kafka, Duration.ofSeconds(30))) {
            admin.createMissing((short) 1);
        }
        new SchemaRegistrar(registry).registerAll(kafka.names());
        topics = new Topics(kafka, registry);
        evaluator = start().await("started", "ready");
    }

    @AfterEach
    void tearDown() {
        evaluator.close();
        topics.close();
    }

    private ServiceProcess start() {
        return start("evaluator", kafka.bootstrapServers());
    }

    private ServiceProcess start(String name, String bootstrapServers) {
        return start(name, bootstrapServers, Map.of());
    }

    private ServiceProcess start(String name, String bootstrapServers, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(more);
        properties.put("synthray.kafka.bootstrap-servers", bootstrapServers);
        properties.put("synthray.kafka.topic-prefix", kafka.names().prefix());
        properties.put("synthray.registry.url", registry.url().toString());
        properties.put("synthray.evaluator.state-dir", state.resolve(name).toString());
        properties.put("synthray.evaluator.transaction-timeout", "5s");
        return ServiceProcess.launch("evaluator", name, properties, state.resolve(name + ".log"));
    }

    /**
     * Killed twenty times, while it starts, takes its work up, works or commits; statistics (with the intervals for new patients, by
     * subgroup as well), fidelity, manifests and trial requests are those of an evaluator that nobody disturbed, bit for bit.
     */
    @Test
    void killedTwentyTimesItPublishesTheSameOnce() throws InterruptedException {
        StudyPlan plan = lookedAt(Studies.plan("killed", 6, 300, 2));
        Random random = new Random(8);
        int kills = 0;
        Map<String, SpecificRecord> expected = expected(plan);
        Topics.Reader<TrialRequest> trials = topics.reader(TopicCatalogue.TRIALS);
        Topics.Reader<StudyState> states = topics.reader(TopicCatalogue.STUDY_STATES);

        submit(plan);
        references("killed");
        Set<String> trained = new HashSet<>();
        List<RequestId> requests = Studies.requestIds(plan);
        for (int sent = 0; sent < requests.size(); sent++) {
            // Every other one is killed at work: it is ready, and what it has to count is new. The rest are killed
            // while they start.
            boolean atWork = kills % 2 == 0;
            if (atWork && sent % 105 == 0) {
                evaluator.await("ready");
            }
            answer(requests.get(sent));
            if (sent % 105 == 104) {
                topics.flush();
                Thread.sleep(atWork ? random.nextInt(300) : 500 + random.nextInt(3500));
                evaluator.process().kill();
                kills++;
                train(trials, trained);
                evaluator = start();
            }
        }
        assertEquals(20, kills);
        Await.until("the study to end", PATIENCE, () -> {
            train(trials, trained);
            return newest(states, "killed")
                    .filter(s -> s.getPhase() == StudyPhase.COMPLETE)
                    .isPresent();
        });

        assertEquals(expected, outputs());
        List<String> requested = trials.toEnd().stream().map(r -> r.key()).toList();
        assertEquals(
                Studies.trialIds(plan).stream().map(TrialId::key).sorted().toList(),
                requested.stream().sorted().toList());
        List<String> chunks = topics.reader(TopicCatalogue.MANIFESTS).toEnd().stream()
                .map(r -> r.key())
                .toList();
        assertEquals(chunks.stream().distinct().toList(), chunks);
        assertEquals(List.of(), topics.reader(TopicCatalogue.DEAD_LETTERS).toEnd());
        StudyState end = newest(states, "killed").orElseThrow();
        assertEquals(18, end.getTrials().getCompleted());
        assertEquals(0, end.getRepublished());
        assertTrue(end.getImageSets().stream().allMatch(s -> s.getMade() == 299 && s.getFailed() == 1));
        assertTrue(end.getImageSets().stream().allMatch(s -> s.getDuplicates() > 0));
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLetters() {
        topics.sendBytes(TopicCatalogue.IMAGES, 3, "a", "no event".getBytes(StandardCharsets.UTF_8));
        topics.sendBytes(TopicCatalogue.IMAGES, 3, "b", new byte[] {0, 0, 0, 0x7f, 0x7f, 1, 2, 3});
        topics.sendBytes(TopicCatalogue.TRIAL_RESULTS, 5, "c", null);
        topics.flush();
        StudyPlan plan = Studies.plan("sound", 2, 1, 0);
        submit(plan);

        Topics.Reader<DeadLetter> letters = topics.reader(TopicCatalogue.DEAD_LETTERS);
        Await.until("three dead letters", PATIENCE, () -> letters.all().size() == 3);
        Map<String, String> causes = letters.all().stream()
                .collect(Collectors.toMap(
                        r -> r.key().substring(kafka.names().prefix().length()),
                        r -> r.value().getCause()));
        assertEquals(Set.of("images/3/0", "images/3/1", "trial.results/5/0"), causes.keySet());
        assertTrue(causes.get("images/3/0").contains("expected magic byte 0"), causes.toString());
        assertTrue(causes.get("trial.results/5/0").contains("found no value"), causes.toString());
        Topics.Reader<TrialRequest> trials = topics.reader(TopicCatalogue.TRIALS);
        Await.until("the trials without images", PATIENCE, () -> trials.all().size() == 2);
        assertEquals(200, evaluator.health("live"));
    }

    @Test
    void aRequestThatKillsItsWorkersIsImagedAllTheSame() {
        StudyPlan plan = Studies.plan("deadly", 1, 2, 0);
        submit(plan);
        RequestId deadly = new RequestId(ImageSetId.shared("deadly", SHARED), 1);
        Topics.Reader<GenerationRequest> requests = topics.reader(TopicCatalogue.GENERATION_REQUESTS);
        Topics.Reader<StudyState> states = topics.reader(TopicCatalogue.STUDY_STATES);
        // Four requests and, until a worker has come by, the commit marks of their two partitions.
        Await.until("the backlog", PATIENCE, () -> evaluator.says("/backlog", "\"requests\":6"));

        int deaths = 0;
        Set<String> imaged = new HashSet<>();
        while (!imaged.contains(deadly.key())) {
            try (KafkaShareConsumer<byte[], byte[]> worker = worker()) {
                deaths += work(worker, deadly, deaths, imaged);
            }
            if (deaths == 5 || deaths == 10) {
                // The share group has just given up on the record; whoever finds out is not the one who counted it.
                evaluator.process().kill();
                evaluator = start();
            }
        }

        assertEquals(12, deaths);
        Await.until("the image sets to be frozen", PATIENCE, () -> newest(states, "deadly")
                .filter(s -> s.getImageSets().stream().allMatch(set -> set.getDigest() != null))
                .isPresent());
        StudyState end = newest(states, "deadly").orElseThrow();
        assertEquals(2, end.getRepublished(), "12 deliveries at a limit of 5 need two further records");
        assertTrue(end.getImageSets().stream().allMatch(s -> s.getDuplicates() == 0 && s.getFailed() == 0));
        List<Topics.Reader.Read<GenerationRequest>> copies = requests.toEnd().stream()
                .filter(r -> r.key().equals(deadly.key()))
                .toList();
        assertEquals(3, copies.size());
        assertEquals(
                1,
                copies.stream()
                        .map(r -> r.partition() + " " + r.value())
                        .distinct()
                        .count());
        try (KafkaShareConsumer<byte[], byte[]> idle = worker()) {
            Await.until("an empty backlog", PATIENCE, () -> {
                assertTrue(idle.poll(Duration.ofMillis(200)).isEmpty());
                return evaluator.says("/backlog", "\"requests\":0");
            });
        }
    }

    /** Takes requests: images all but the deadly one, on which it dies, until it has died twelve times; 1 for a death. */
    private int work(KafkaShareConsumer<byte[], byte[]> worker, RequestId deadly, int deaths, Set<String> imaged) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && imaged.size() < 4) {
            for (ConsumerRecord<byte[], byte[]> record : worker.poll(Duration.ofMillis(200))) {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (key.equals(deadly.key()) && deaths < 12) {
                    return 1;
                }
                image(RequestId.parse(key));
                topics.flush();
                imaged.add(key);
                worker.acknowledge(record, AcknowledgeType.ACCEPT);
            }
            worker.commitSync();
        }
        assertTrue(
                imaged.size() == 4,
                "nothing was delivered any more after " + deaths + " deaths: "
                        + evaluator.process().output());
        return 0;
    }

    private KafkaShareConsumer<byte[], byte[]> worker() {
        KafkaShareConsumer<byte[], byte[]> worker = new KafkaShareConsumer<>(
                kafka.client(Map.of(
                        "group.id",
                        kafka.names().of(ShareGroup.GENERATORS),
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        worker.subscribe(List.of(kafka.names().of(TopicCatalogue.GENERATION_REQUESTS)));
        return worker;
    }

    /** With a copy of the state on the second, the first's work goes on within ten seconds of its death. */
    @Test
    void aSecondOneTakesOverWithinSeconds() throws Exception {
        evaluator.process().kill();
        Map<String, String> standby = Map.of("synthray.evaluator.standbys", "1");
        evaluator = start("evaluator", kafka.bootstrapServers(), standby).await("started", "ready");
        try (ServiceProcess second =
                start("second", kafka.bootstrapServers(), standby).await("started", "ready")) {
            evaluator.await("ready");
            Topics.Reader<TrialRequest> trials = topics.reader(TopicCatalogue.TRIALS);
            // Several studies, so that each of the two has some.
            List<String> before = List.of("a", "b", "c", "d", "e", "f");
            before.forEach(study -> submit(Studies.plan(study, 2, 1, 0)));
            Await.until("trials", PATIENCE, () -> trials.all().size() == 12);
            evaluator.process().kill();
            long killed = System.nanoTime();
            before.forEach(study -> submit(Studies.plan(study + "-after", 2, 1, 0)));
            Await.until("trials from the second", PATIENCE, () -> trials.all().size() == 24);
            Duration silence = Duration.ofNanos(System.nanoTime() - killed);
            assertTrue(silence.compareTo(Duration.ofSeconds(10)) < 0, "the first's studies went on after " + silence);
            // What the first had in its tables is the second's: it counts results of trials that the first requested.
            Topics.Reader<StudyState> states = topics.reader(TopicCatalogue.STUDY_STATES);
            train(trials, new HashSet<>());
            Await.until("results of the first's trials", PATIENCE, () -> before.stream()
                    .allMatch(study -> newest(states, study)
                            .filter(s -> s.getTrials().getCompleted() == 2)
                            .isPresent()));
            Await.until("the second to be ready again", PATIENCE, () -> second.health("ready") == 200);
        }
    }

    @Test
    void aBrokerThatIsNotThereIsSaidInOneLine() throws Exception {
        try (ServiceProcess lost = start("lost", "127.0.0.1:1")) {
            assertEquals(1, lost.process().waitFor(PATIENCE));
            String said = lost.process().output();
            assertTrue(said.contains("cannot start: the broker at 127.0.0.1:1 did not"), said);
            assertFalse(said.contains("\tat "), said);
        }
    }

    /** As the command line does it: the plan, the requests in a transaction, the seal. */
    private void submit(StudyPlan plan) {
        Study open = Studies.study(plan, StudySeal.OPEN);
        try (Topics submit = new Topics(kafka, registry, plan.getStudy())) {
            submit.inTransaction(() -> submit.send(TopicCatalogue.STUDIES, plan.getStudy(), open));
            submit.inTransaction(() -> Studies.requestIds(plan).forEach(id -> {
                int partition = open.getPartitions()
                        .get(id.index() % open.getPartitions().size());
                submit.send(TopicCatalogue.GENERATION_REQUESTS, partition, id.key(), Studies.request(id));
            }));
            submit.inTransaction(
                    () -> submit.send(TopicCatalogue.STUDIES, plan.getStudy(), Studies.study(plan, StudySeal.SEALED)));
        }
    }

    /** Index 7 of every image set fails, every hundredth image is made twice. */
    private void answer(RequestId id) {
        if (id.index() == 7) {
            topics.send(
                    TopicCatalogue.GENERATION_OUTCOMES,
                    id.key(),
                    Studies.outcome(id, OutcomeStatus.FAILED, "no such structure"));
            return;
        }
        image(id);
        if (id.index() % 100 == 0) {
            image(id);
        }
    }

    private void image(RequestId id) {
        topics.send(TopicCatalogue.IMAGES, id.imageSet().key(), Studies.embedded(id));
    }

    /** A plan with a sequential test, looked at as results come, and with fidelity. */
    private static StudyPlan lookedAt(StudyPlan plan) {
        return StudyPlan.newBuilder(plan)
                .setAnalysis(Analysis.newBuilder()
                        .setAlpha(0.05)
                        .setCorrection("bonferroni")
                        .setKind(AnalysisKind.SEQUENTIAL)
                        .build())
                .setFidelity(FidelityPlan.newBuilder()
                        .setEmbedder("e")
                        .setEmbedderVersion("1")
                        .setSample(64)
                        .build())
                .build();
    }

    private void references(String study) {
        Studies.references(study)
                .forEach(chunk -> topics.send(
                        TopicCatalogue.REFERENCES, study + "/" + chunk.getSide() + "/" + chunk.getChunk(), chunk));
    }

    /** Answers every trial that is new. */
    private void train(Topics.Reader<TrialRequest> trials, Set<String> trained) {
        trials.all().stream()
                .map(r -> r.key())
                .filter(trained::add)
                .map(TrialId::parse)
                .forEach(trial -> {
                    for (int chunk = 0; chunk < 2; chunk++) {
                        topics.send(TopicCatalogue.TRIAL_RESULTS, trial.key() + "/" + chunk, resultChunk(trial, chunk));
                    }
                });
        topics.flush();
    }

    /** One of two chunks of a result, with metrics of a subgroup and five test cases of either. */
    private static TrialResult resultChunk(TrialId trial, int chunk) {
        double dice = Studies.dice(trial);
        TrialResult told = Studies.resultChunk(trial, chunk, 2, dice);
        List<Metric> metrics = new ArrayList<>(told.getMetrics());
        if (chunk == 0) {
            metrics.add(new Metric("dice", null, dice - 0.01, "sex=female", 12));
        }
        List<CaseResult> cases = IntStream.range(5 * chunk, 5 * chunk + 5)
                .mapToObj(i -> new CaseResult("case" + i, "heart", dice - 0.01 * i, null, "patient" + i / 2, null))
                .toList();
        return TrialResult.newBuilder(told).setMetrics(metrics).setCases(cases).build();
    }

    private static Optional<StudyState> newest(Topics.Reader<StudyState> states, String study) {
        return states.all().stream()
                .filter(r -> r.key().equals(study))
                .reduce((first, second) -> second)
                .map(Topics.Reader.Read::value);
    }

    /** Newest manifest chunks, trial requests, statistics and fidelity by key. */
    private Map<String, SpecificRecord> outputs() {
        Map<String, SpecificRecord> outputs = new TreeMap<>();
        for (Topic<? extends SpecificRecord> topic : List.<Topic<? extends SpecificRecord>>of(
                TopicCatalogue.MANIFESTS,
                TopicCatalogue.TRIALS,
                TopicCatalogue.STATISTICS,
                TopicCatalogue.SUBGROUPS,
                TopicCatalogue.FIDELITY)) {
            collect(topic, outputs);
        }
        return outputs;
    }

    private <T extends SpecificRecord> void collect(Topic<T> topic, Map<String, SpecificRecord> outputs) {
        topics.reader(topic).toEnd().forEach(r -> outputs.put(topic.name() + " " + r.key(), r.value()));
    }

    /** What an evaluator says that sees the same events without Kafka and without interruption. */
    private static Map<String, SpecificRecord> expected(StudyPlan plan) {
        Sent sent = new Sent();
        StudyEvaluator calm = new StudyEvaluator(MemoryTable.tables(), sent, 1e-3, "calm");
        Position anywhere = new Position(0, 0);
        calm.handle(StudyEvents.planned(Studies.study(plan, StudySeal.SEALED), anywhere), 0);
        Studies.references(plan.getStudy()).forEach(chunk -> calm.handle(StudyEvents.referenced(chunk, anywhere), 0));
        for (RequestId id : Studies.requestIds(plan)) {
            calm.handle(
                    id.index() == 7
                            ? StudyEvents.notImaged(
                                    Studies.outcome(id, OutcomeStatus.FAILED, "no such structure"), anywhere)
                            : StudyEvents.imaged(Studies.embedded(id), anywhere),
                    0);
        }
        Studies.trialIds(plan).forEach(trial -> IntStream.range(0, 2)
                .forEach(chunk -> calm.handle(StudyEvents.trialEnded(resultChunk(trial, chunk), anywhere), 0)));
        calm.settle();
        Map<String, SpecificRecord> outputs = new TreeMap<>();
        Map<String, ManifestChunk> manifests = sent.newest(TopicCatalogue.MANIFESTS);
        Map<String, Statistics> statistics = sent.newest(TopicCatalogue.STATISTICS);
        assertEquals(7, manifests.size());
        Map<String, Fidelity> fidelity = sent.newest(TopicCatalogue.FIDELITY);
        assertEquals(7, fidelity.size());
        assertTrue(fidelity.values().stream().allMatch(f -> f.getComplete() && f.getFrechet() != null));
        fidelity.forEach((key, value) -> outputs.put("fidelity " + key, value));
        assertEquals(3, statistics.size());
        assertTrue(statistics.values().stream().anyMatch(s -> s.getPatients() != null));
        Map<String, Subgroups> subgroups = sent.newest(TopicCatalogue.SUBGROUPS);
        assertEquals(2, subgroups.size());
        subgroups.forEach((key, value) -> outputs.put("subgroups " + key, value));
        manifests.forEach((key, value) -> outputs.put("manifests " + key, value));
        statistics.forEach((key, value) -> outputs.put("statistics " + key, value));
        sent.newest(TopicCatalogue.TRIALS).forEach((key, value) -> outputs.put("trials " + key, value));
        return outputs;
    }
}
