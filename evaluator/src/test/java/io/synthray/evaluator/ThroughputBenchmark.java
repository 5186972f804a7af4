package io.synthray.evaluator;

import com.sun.management.OperatingSystemMXBean;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.reconcile.Archive.Answer;
import io.synthray.evaluator.reconcile.PassedBy;
import io.synthray.evaluator.topology.EvaluatorTopology;
import io.synthray.evaluator.topology.RegistryDecoding;
import io.synthray.event.FidelityPlan;
import io.synthray.event.ImageMade;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.service.Installation;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;

/**
 * The evaluator's topology beside Kafka Streams' own {@code groupByKey().count()}: the same records, serdes, guarantee, threads and
 * commit interval, in turns, in one process; the ratio is the median of the rounds' ratios. A run is timed from the start of the stream's work until everything that was read is
 * counted and committed. On a machine that does other work, too, the ratio of processor time is the steadier one. Arguments:
 * {@code images|embeddings|trials} records rounds.
 */
public final class ThroughputBenchmark {
    /** Repeats that a study file can ask for. */
    private static final int MOST_REPEATS = 100;

    private static final int DIMENSION = 32;
    private static final int WARM_UP = 2;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final KafkaSettings kafka;
    private final RegistrySettings registry;
    private final Path directory;
    private int runs;

    private ThroughputBenchmark(KafkaSettings kafka, RegistrySettings registry, Path directory) {
        this.kafka = kafka;
        this.registry = registry;
        this.directory = directory;
    }

    /** What is measured. */
    private enum Kind {
        IMAGES(TopicCatalogue.IMAGES),
        EMBEDDINGS(TopicCatalogue.IMAGES),
        TRIALS(TopicCatalogue.TRIAL_RESULTS);

        private final Topic<?> topic;

        Kind(Topic<?> topic) {
            this.topic = topic;
        }
    }

    public static void main(String[] args) throws Exception {
        Kind kind = Kind.valueOf(args[0].toUpperCase(Locale.ROOT));
        int records = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Path directory = Files.createTempDirectory("synthray-bench-evaluator");
        try (BrokerAndRegistry platform = BrokerAndRegistry.start(directory)) {
            KafkaSettings kafka = KafkaSettings.of(platform.bootstrapServers(), new TopicNames("bench."));
            RegistrySettings registry = RegistrySettings.of(platform.registryUrl());
            try (TopicAdmin admin = new TopicAdmin(kafka, Duration.ofSeconds(30))) {
                admin.createMissing((short) 1);
            }
            new SchemaRegistrar(registry).registerAll(kafka.names());
            new ThroughputBenchmark(kafka, registry, directory).run(kind, records, rounds);
        }
    }

    /**
     * One run.
     *
     * @param elapsed seconds by the clock
     * @param busy seconds of processors that the process took
     */
    private record Run(double elapsed, double busy) {}

    /** Both, one right after the other. */
    private record Round(Run count, Run evaluator) {
        double ratio() {
            return count.elapsed / evaluator.elapsed;
        }

        double busyRatio() {
            return count.busy / evaluator.busy;
        }
    }

    private void run(Kind kind, int records, int rounds) throws Exception {
        fill(kind, records);
        List<Round> measured = new ArrayList<>();
        // The first rounds warm both up.
        for (int round = -WARM_UP; round < rounds; round++) {
            Round next = round(kind, round % 2 == 0);
            print(kind, round < 0 ? "warm-up" : "round " + (round + 1), records, next, next.ratio(), next.busyRatio());
            if (round >= 0) {
                measured.add(next);
            }
        }
        print(
                kind,
                "median",
                records,
                new Round(median(measured, Round::count), median(measured, Round::evaluator)),
                median(measured, Round::ratio),
                median(measured, Round::busyRatio));
    }

    /** Which of both comes first alternates, so that a machine that becomes slower or faster favours neither. */
    private Round round(Kind kind, boolean countFirst) throws Exception {
        if (countFirst) {
            Run count = measuredCount(kind);
            return new Round(count, measured(kind, evaluator(), 0));
        }
        Run evaluator = measured(kind, evaluator(), 0);
        return new Round(measuredCount(kind), evaluator);
    }

    private Run measuredCount(Kind kind) throws Exception {
        return measured(kind, count(kind.topic), 10L * 1024 * 1024);
    }

    private static void print(Kind kind, String name, int records, Round round, double ratio, double busyRatio) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %-8s  count() %8.0f /s  evaluator %8.0f /s  ratio %.2f  by processor time %.2f%n",
                kind.name().toLowerCase(Locale.ROOT),
                name,
                records / round.count().elapsed(),
                records / round.evaluator().elapsed(),
                ratio,
                busyRatio);
    }

    private void fill(Kind kind, int records) throws Exception {
        Serializer<SpecificRecord> serializer = new EventSerdes(registry).serializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.client(Map.of("linger.ms", 20, "batch.size", 256 * 1024)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            int studies = kind == Kind.TRIALS ? Math.max(1, records / (3 * MOST_REPEATS)) : 8;
            for (int study = 0; study < studies; study++) {
                StudyPlan plan = plan(kind, "bench-" + study, records / studies);
                send(
                        producer,
                        serializer,
                        TopicCatalogue.STUDIES,
                        plan.getStudy(),
                        Studies.study(plan, StudySeal.OPEN));
                SplittableRandom random = new SplittableRandom(study);
                if (kind == Kind.TRIALS) {
                    for (TrialId trial : Studies.trialIds(plan)) {
                        send(
                                producer,
                                serializer,
                                TopicCatalogue.TRIAL_RESULTS,
                                trial.key() + "/0",
                                Studies.result(trial, Studies.dice(trial)));
                    }
                } else {
                    for (RequestId id : Studies.requestIds(plan)) {
                        ImageMade image = Studies.image(id, "worker");
                        send(
                                producer,
                                serializer,
                                TopicCatalogue.IMAGES,
                                id.imageSet().key(),
                                kind == Kind.IMAGES ? image : embedded(image, random));
                    }
                }
            }
            producer.flush();
        }
    }

    /** Images: two arms, one with a set for each of two repeats. Trials: three arms of as many repeats as a study can have. */
    private static StudyPlan plan(Kind kind, String name, int records) {
        if (kind == Kind.TRIALS) {
            return Studies.plan(name, records / 3, 1, 0);
        }
        StudyPlan.Builder plan = StudyPlan.newBuilder(Studies.plan(name, 2, records / 3, 0));
        if (kind == Kind.EMBEDDINGS) {
            plan.setFidelity(FidelityPlan.newBuilder()
                    .setEmbedder("embedder")
                    .setEmbedderVersion("1")
                    .build());
        }
        return plan.build();
    }

    private static ImageMade embedded(ImageMade image, SplittableRandom random) {
        byte[] features = new byte[2 * DIMENSION];
        random.nextBytes(features);
        return ImageMade.newBuilder(image)
                .setEmbedder("embedder@1:" + Studies.sha256("embedder"))
                .setEmbedding(ByteBuffer.wrap(features))
                .build();
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer,
            Serializer<SpecificRecord> serializer,
            Topic<?> topic,
            String key,
            SpecificRecord value) {
        String name = kafka.names().of(topic);
        var sent = producer.send(
                new ProducerRecord<>(name, key.getBytes(StandardCharsets.UTF_8), serializer.serialize(name, value)));
        if (sent.isCancelled()) {
            throw new IllegalStateException("not sent: " + key);
        }
    }

    private <T extends SpecificRecord> Topology count(Topic<T> topic) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(kafka.names().of(topic), Consumed.with(Serdes.String(), new EventSerdes(registry).serde(topic)))
                .groupByKey()
                .count();
        return builder.build();
    }

    private Topology evaluator() {
        EventSerdes serdes = new EventSerdes(registry);
        return EvaluatorTopology.of(
                kafka.names(),
                new EvaluatorTopology.Settings("bench", 8, Duration.ofSeconds(1), Duration.ofSeconds(1), 5, 100, 1e-3),
                new EvaluatorTopology.Surroundings(
                        new RegistryDecoding(serdes, kafka.names()),
                        serdes.serializer(),
                        () -> PassedBy.NOTHING,
                        (topic, at) -> new Answer.Unknown()));
    }

    private Run measured(Kind kind, Topology topology, long cache) throws Exception {
        String application = "bench-run-" + runs++;
        Properties properties = StreamsSettings.of(new Settings(
                new Installation(kafka, registry, "bench"),
                new BenchmarkConfig(directory.resolve(application).toString()),
                null));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cache);
        try (Admin admin = Admin.create(kafka.client(Map.of()));
                KafkaStreams streams = new KafkaStreams(topology, properties)) {
            streams.start();
            while (streams.state() != KafkaStreams.State.RUNNING) {
                Thread.sleep(5);
            }
            long begin = System.nanoTime();
            long busy = PROCESS.getProcessCpuTime();
            List<TopicPartition> input = partitions(kafka.names().of(kind.topic), kind.topic.partitions());
            awaitCommitted(admin, application, input);
            if (cache == 0) {
                awaitCommitted(admin, application, partitions(application + "-by-study-repartition", 8));
            }
            return new Run((System.nanoTime() - begin) / 1e9, (PROCESS.getProcessCpuTime() - busy) / 1e9);
        }
    }

    private static void awaitCommitted(Admin admin, String application, List<TopicPartition> partitions)
            throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, info) -> ends.put(partition, info.offset()));
        while (true) {
            var committed = admin.listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get();
            boolean done = ends.entrySet().stream()
                    .allMatch(end -> end.getValue() == 0
                            || (committed.get(end.getKey()) != null
                                    && committed.get(end.getKey()).offset() >= end.getValue() - 1));
            if (done) {
                return;
            }
            Thread.sleep(20);
        }
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    private static Run median(List<Round> rounds, Function<Round, Run> side) {
        return new Run(
                median(rounds, (Round round) -> side.apply(round).elapsed()),
                median(rounds, (Round round) -> side.apply(round).busy()));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
