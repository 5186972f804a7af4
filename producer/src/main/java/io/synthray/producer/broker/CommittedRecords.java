package io.synthray.producer.broker;

import io.synthray.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from an offset up to where they end as the reading begins: committed records only. Where a transaction is
 * still open before that end, it is waited for, so that no record which is committed now can be missed.
 */
public final class CommittedRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration QUESTION = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Platform platform;

    /** @param platform whose broker is read */
    public CommittedRecords(Platform platform) {
        this.platform = platform;
    }

    /** Every committed record of a topic. */
    public void readAll(Topic<?> topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> from = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            from.put(new TopicPartition(platform.name(topic), partition), 0L);
        }
        read(from, reader);
    }

    /**
     * Committed records from given offsets on.
     *
     * @param from first offset to read by partition
     * @throws PlatformUnavailableException when nothing has come for 45 s although there is more to read
     */
    public void read(Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> beginnings = offsets(from, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(from, OffsetSpec.latest());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> left = new ArrayList<>(from.keySet());
            consumer.assign(left);
            from.forEach((partition, offset) -> consumer.seek(partition, Math.max(offset, beginnings.get(partition))));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                if (left.removeIf(partition -> consumer.position(partition) >= ends.get(partition))) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    consumer.assign(left);
                }
                if (left.isEmpty()) {
                    return;
                }
                var records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new PlatformUnavailableException(
                            "the broker at %s has given no record of %s for %d s; a transaction may still be open there"
                                    .formatted(
                                            platform.kafka().bootstrapServers(),
                                            left.get(0).topic(),
                                            PATIENCE.toSeconds()),
                            null);
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                        reader.accept(record);
                    }
                }
            }
        }
    }

    /**
     * Ends of partitions, open transactions included.
     *
     * @throws PlatformUnavailableException when the broker does not say
     */
    public Map<TopicPartition, Long> ends(Iterable<TopicPartition> partitions) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, 0L));
        return offsets(wanted, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> partitions, OffsetSpec spec) {
        try (Admin admin = Admin.create(platform.kafka()
                .client(Map.of(
                        "default.api.timeout.ms", (int) QUESTION.toMillis(),
                        "request.timeout.ms", (int) QUESTION.toMillis())))) {
            var asked = partitions.keySet().stream().collect(Collectors.toMap(p -> p, p -> spec));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get(QUESTION.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, info) -> offsets.put(partition, info.offset()));
            return offsets;
        } catch (ExecutionException e) {
            throw unanswered(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw unanswered("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnavailableException("interrupted while asking the broker", e);
        }
    }

    private PlatformUnavailableException unanswered(String found, Exception cause) {
        return new PlatformUnavailableException(
                "the broker at %s did not tell the ends of its topics within %d s: %s"
                        .formatted(platform.kafka().bootstrapServers(), QUESTION.toSeconds(), found),
                cause);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                platform.kafka()
                        .client(Map.of(
                                "isolation.level", "read_committed",
                                "enable.auto.commit", "false",
                                "auto.offset.reset", "earliest",
                                "default.api.timeout.ms", "10000")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
