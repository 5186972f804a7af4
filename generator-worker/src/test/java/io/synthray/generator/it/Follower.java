package io.synthray.generator.it;

import io.synthray.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning. */
final class Follower<T extends SpecificRecord> implements AutoCloseable {
    private final KafkaConsumer<String, T> consumer;
    private final List<ConsumerRecord<String, T>> records = new ArrayList<>();

    Follower(Addresses addresses, Topic<T> topic) {
        consumer = new KafkaConsumer<>(
                addresses.kafka().client(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                addresses.serdes().deserializer(topic));
        String name = addresses.kafka().names().of(topic);
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(info -> new TopicPartition(name, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on until what has been read is enough, or the time is over. */
    List<ConsumerRecord<String, T>> until(Predicate<List<ConsumerRecord<String, T>>> enough, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!enough.test(records) && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        }
        return List.copyOf(records);
    }

    /** Reads on for a while. */
    List<ConsumerRecord<String, T>> during(Duration time) {
        return until(read -> false, time);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
