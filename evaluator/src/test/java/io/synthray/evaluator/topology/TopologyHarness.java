package io.synthray.evaluator.topology;

import io.synthray.evaluator.fixture.AvroBytes;
import io.synthray.evaluator.reconcile.Archive;
import io.synthray.evaluator.reconcile.PassedBy;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology in Kafka Streams' own test driver, with bare Avro in its topics. */
final class TopologyHarness implements AutoCloseable {
    private static final TopicNames NAMES = new TopicNames("test.");
    private static final EvaluatorTopology.Settings SETTINGS = new EvaluatorTopology.Settings(
            "evaluator-1", 4, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 100, 1e-3);

    /** A record and the topic that it goes to. */
    record Input(Topic<?> topic, String key, SpecificRecord value) {}

    private final AvroBytes avro = new AvroBytes();
    private final TopologyTestDriver driver;
    private PassedBy passedBy = PassedBy.NOTHING;

    TopologyHarness(Archive archive) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test.evaluator");
        String state = "synthray-topology-" + ProcessHandle.current().pid();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("java.io.tmpdir"), state).toString());
        EvaluatorTopology.Surroundings surroundings =
                new EvaluatorTopology.Surroundings(avro, AvroBytes.SERIALIZER, () -> passedBy, archive);
        driver = new TopologyTestDriver(EvaluatorTopology.of(NAMES, SETTINGS, surroundings), properties);
    }

    void passBy(PassedBy groups) {
        passedBy = groups;
    }

    void aSecondPasses() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    void send(Topic<?> topic, String key, SpecificRecord value) {
        sendBytes(topic, key, AvroBytes.SERIALIZER.serialize("", value));
    }

    void send(Input input) {
        send(input.topic(), input.key(), input.value());
    }

    void sendBytes(Topic<?> topic, String key, byte[] value) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(NAMES.of(topic), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** What has come out of a topic since the last reading. */
    <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        return output(topic).stream()
                .map(record -> avro.decode(topic, record.value()))
                .toList();
    }

    /** The newest record of each key since the last reading. */
    <T extends SpecificRecord> Map<String, T> readKeyed(Topic<T> topic) {
        Map<String, T> newest = new TreeMap<>();
        output(topic)
                .forEach(record -> newest.put(
                        new String(record.key(), StandardCharsets.UTF_8), avro.decode(topic, record.value())));
        return newest;
    }

    private List<TestRecord<byte[], byte[]>> output(Topic<?> topic) {
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(NAMES.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
