package io.synthray.trainer.it;

import io.synthray.imaging.store.FileImageStore;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics and store of one test at shared servers; writes what the evaluator writes and reads what it reads. */
record Installation(KafkaSettings kafka, RegistrySettings registry, Path store) {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Makes topics, share groups and schemas. */
    Installation setUp() {
        try (TopicAdmin admin = new TopicAdmin(kafka, Duration.ofSeconds(30))) {
            admin.createMissing((short) 1);
        }
        new SchemaRegistrar(registry).registerAll(kafka.names());
        return this;
    }

    FileImageStore imageStore() {
        return new FileImageStore(store);
    }

    <T extends SpecificRecord> void send(Topic<T> topic, String key, T event) throws Exception {
        try (Serializer<T> serializer = new EventSerdes(registry).serializer(topic)) {
            send(topic, key, serializer.serialize(kafka.names().of(topic), event));
        }
    }

    void send(Topic<?> topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                kafka.client(Map.of("acks", "all")), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(kafka.names().of(topic), key, value))
                    .get();
        }
    }

    /** The first {@code count} events of a topic that pass, waited for. */
    <T extends SpecificRecord> List<T> await(Topic<T> topic, int count, Duration timeout, Predicate<T> wanted) {
        String name = kafka.names().of(topic);
        List<T> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        kafka.client(Map.of("isolation.level", "read_committed")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                EventDecoder<T> decoder = new EventSerdes(registry).decoder(topic, kafka.names())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + timeout.toNanos();
            while (found.size() < count && System.nanoTime() < deadline) {
                consumer.poll(POLL).forEach(record -> {
                    T event = decoder.decode(record.value());
                    if (wanted.test(event)) {
                        found.add(event);
                    }
                });
            }
        }
        if (found.size() < count) {
            throw new AssertionError(
                    "%s: expected %d events within %d s, found %s".formatted(name, count, timeout.toSeconds(), found));
        }
        return found;
    }
}
