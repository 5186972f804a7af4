package io.synthray.evaluator.service;

import io.synthray.local.platform.Await;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** What submit and workers do to topics, and what any reader sees: committed records only. */
final class Topics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaSettings kafka;
    private final EventSerdes serdes;
    private final Serializer<SpecificRecord> serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Reader<?>> readers = new ArrayList<>();

    /** As workers write, a record at a time. */
    Topics(KafkaSettings kafka, RegistrySettings registry) {
        this(kafka, registry, Map.of("linger.ms", 5));
    }

    /** As submit writes, in transactions of this id. */
    Topics(KafkaSettings kafka, RegistrySettings registry, String transactionalId) {
        this(kafka, registry, Map.of("transactional.id", kafka.names().prefix() + transactionalId));
        producer.initTransactions();
    }

    private Topics(KafkaSettings kafka, RegistrySettings registry, Map<String, Object> properties) {
        this.kafka = kafka;
        this.serdes = new EventSerdes(registry);
        this.serializer = serdes.serializer();
        this.producer =
                new KafkaProducer<>(kafka.client(properties), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Does it in one transaction. */
    void inTransaction(Runnable sends) {
        producer.beginTransaction();
        sends.run();
        producer.commitTransaction();
    }

    /** Sends an event. */
    void send(Topic<?> topic, String key, SpecificRecord event) {
        send(topic, null, key, event);
    }

    /** Sends an event to a partition. */
    void send(Topic<?> topic, Integer partition, String key, SpecificRecord event) {
        String name = kafka.names().of(topic);
        sendBytes(topic, partition, key, serializer.serialize(name, event));
    }

    /** Sends bytes, whatever they are. */
    void sendBytes(Topic<?> topic, Integer partition, String key, byte[] value) {
        var sent = producer.send(
                new ProducerRecord<>(kafka.names().of(topic), partition, key.getBytes(StandardCharsets.UTF_8), value));
        if (sent.isCancelled()) {
            throw new AssertionError("not sent: " + key);
        }
    }

    /** Waits until everything is acknowledged. */
    void flush() {
        producer.flush();
    }

    /** A reader of a topic's committed records from the beginning on. */
    <T extends SpecificRecord> Reader<T> reader(Topic<T> topic) {
        Reader<T> reader = new Reader<>(topic);
        readers.add(reader);
        return reader;
    }

    /** Where partitions end, open transactions included. */
    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.client(Map.of("isolation.level", "read_uncommitted")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }

    /** Committed records of a topic, as far as they have been read. */
    final class Reader<T extends SpecificRecord> implements AutoCloseable {
        /** A record and where it lies. */
        record Read<T>(String key, int partition, long offset, T value) {}

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final EventDecoder<T> decoder;
        private final List<Read<T>> seen = new ArrayList<>();

        private Reader(Topic<T> topic) {
            this.decoder = serdes.decoder(topic, kafka.names());
            this.consumer = new KafkaConsumer<>(
                    kafka.client(Map.of("isolation.level", "read_committed")),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(kafka.names().of(topic), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        /** Reads on and returns everything since the beginning. */
        List<Read<T>> all() {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                seen.add(new Read<>(
                        new String(record.key(), StandardCharsets.UTF_8),
                        record.partition(),
                        record.offset(),
                        decoder.decode(record.value())));
            }
            return List.copyOf(seen);
        }

        /** Reads on to where the topic ends now and returns everything; what is still being committed there is waited for. */
        List<Read<T>> toEnd() {
            Map<TopicPartition, Long> ends = ends(consumer.assignment());
            Await.until("the topic's end", PATIENCE, () -> {
                all();
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
            return List.copyOf(seen);
        }

        @Override
        public void close() {
            consumer.close();
            decoder.close();
        }
    }

    @Override
    public void close() {
        producer.close();
        readers.forEach(Reader::close);
    }
}
