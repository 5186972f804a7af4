package io.synthray.trainer.worker;

import static java.util.Map.entry;

import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.ShareGroup;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes the worker's Kafka clients.
 *
 * @param kafka how to reach the broker
 * @param worker prefix of the clients' ids
 */
record Clients(KafkaSettings kafka, String worker) {
    /** A member of the trainers' group that takes one record at a time and acknowledges each. */
    ShareConsumer<byte[], byte[]> trials() {
        ShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                kafka.client(Map.ofEntries(
                        entry("group.id", kafka.names().of(ShareGroup.TRAINERS)),
                        entry("client.id", worker + "-trials"),
                        entry("share.acknowledgement.mode", "explicit"),
                        entry("share.acquire.mode", "record_limit"),
                        entry("max.poll.records", 1),
                        entry("enable.metrics.push", false))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(kafka.names().of(TopicCatalogue.TRIALS)));
        return consumer;
    }

    /** A consumer without a group that sees what was committed only. */
    Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(
                kafka.client(Map.ofEntries(
                        entry("isolation.level", "read_committed"),
                        entry("enable.auto.commit", false),
                        entry("auto.offset.reset", "earliest"),
                        entry("enable.metrics.push", false))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A producer whose send blocks briefly only, since training goes on meanwhile. */
    Producer<String, SpecificRecord> events(Serializer<SpecificRecord> serializer) {
        return new KafkaProducer<>(
                kafka.client(Map.ofEntries(
                        entry("client.id", worker + "-events"),
                        entry("acks", "all"),
                        entry("enable.idempotence", true),
                        entry("max.block.ms", 1_000),
                        entry("request.timeout.ms", 5_000),
                        entry("delivery.timeout.ms", 20_000),
                        entry("enable.metrics.push", false))),
                new StringSerializer(),
                serializer);
    }
}
