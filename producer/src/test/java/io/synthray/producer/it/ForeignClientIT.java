package io.synthray.producer.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.producer.broker.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Anybody's client reads the topics: Kafka's consumer, Avro's own reader, and the registry's Confluent-compatible API. */
@ExtendWith(RealServers.Extension.class)
class ForeignClientIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    @TempDir
    Path directory;

    @Test
    void readsStudiesAndRequestsWithoutAClassOfOurs(RealServers servers) throws Exception {
        Platform platform = servers.platform("foreign.");
        Path file = Files.writeString(
                directory.resolve("s.yaml"),
                """
                study: foreign
                seed: 3
                dataset: {kind: phantom, side: 32, train: 12, test: 4}
                task: segmentation
                targets: [heart]
                real-images: 4
                repeats: 1
                arms: [{name: synthetic, synthetic: {images: 5, masks: {}}}]
                """);
        assertEquals(
                0,
                Synthray.run(directory, Synthray.at(platform, "submit", file.toString()))
                        .exitCode());
        String bootstrap = servers.servers().bootstrapServers();
        String registry = servers.servers().registryUrl();

        List<GenericRecord> studies = read(bootstrap, registry, "foreign.studies");
        assertEquals(2, studies.size(), "opened, then sealed");
        GenericRecord sealed = studies.get(1);
        assertEquals("io.synthray.event.Study", sealed.getSchema().getFullName());
        assertEquals("foreign", sealed.get("study").toString());
        assertEquals("SEALED", sealed.get("seal").toString());
        GenericRecord plan = (GenericRecord) sealed.get("plan");
        assertEquals("[heart]", plan.get("targets").toString());

        List<GenericRecord> requests = read(bootstrap, registry, "foreign.generation.requests");
        assertEquals(
                List.of("0", "1", "2", "3", "4"),
                requests.stream().map(r -> r.get("index").toString()).sorted().toList());
        for (GenericRecord request : requests) {
            GenericRecord mask = (GenericRecord) request.get("mask");
            GenericRecord heart = (GenericRecord) ((List<?>) mask.get("structures")).get(0);
            assertEquals("heart", heart.get("name").toString());
            int pixels = ((List<?>) heart.get("runs"))
                    .stream().mapToInt(run -> (Integer) run).sum();
            assertEquals(32 * 32, pixels);
        }
    }

    private List<GenericRecord> read(String bootstrap, String registry, String topic) throws Exception {
        List<GenericRecord> values = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap, "isolation.level", "read_committed", "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = ends(bootstrap, partitions);
            long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                assertTrue(System.nanoTime() < deadline, "the topic's end was not reached");
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(decode(registry, record.value()));
                }
            }
        }
        return values;
    }

    /** Ends of partitions, with what is still being committed: a transaction's producer does not wait for the marks of its commit. */
    private static Map<TopicPartition, Long> ends(String bootstrap, List<TopicPartition> partitions) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap, "isolation.level", "read_uncommitted", "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    /** https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format */
    private GenericRecord decode(String registry, byte[] value) throws Exception {
        ByteBuffer header = ByteBuffer.wrap(value);
        assertEquals(0, header.get(), "magic byte");
        Schema schema = schema(registry, header.getInt());
        var decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
        assertTrue(decoder.isEnd(), "bytes are left after the record");
        return record;
    }

    private Schema schema(String registry, int id) throws IOException, InterruptedException {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/apis/ccompat/v7/schemas/ids/" + id))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        Schema schema = new Schema.Parser()
                .parse(new ObjectMapper().readTree(answer.body()).get("schema").asText());
        schemas.put(id, schema);
        return schema;
    }
}
