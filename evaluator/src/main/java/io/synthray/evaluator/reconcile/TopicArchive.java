package io.synthray.evaluator.reconcile;

import io.synthray.evaluator.event.Position;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** Reads records back with a consumer of its own, one record at a time. */
public final class TopicArchive implements Archive, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicArchive.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param settings how to reach the broker */
    public TopicArchive(KafkaSettings settings) {
        this.settings = settings;
        this.consumer = new KafkaConsumer<>(
                settings.client(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        64 * 1024,
                        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                        false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public synchronized Answer fetch(Topic<?> topic, Position at) {
        TopicPartition partition = new TopicPartition(settings.names().of(topic), at.partition());
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, at.offset());
            return read(partition, at.offset());
        } catch (OffsetOutOfRangeException e) {
            return new Answer.Gone();
        } catch (KafkaException e) {
            LOG.warnf("%s/%d cannot be read now: %s", partition, at.offset(), e.toString());
            return new Answer.Unknown();
        }
    }

    private Answer read(TopicPartition partition, long offset) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                return record.offset() == offset ? new Answer.Found(record.key(), record.value()) : new Answer.Gone();
            }
            if (consumer.position(partition, PATIENCE) > offset) {
                return new Answer.Gone();
            }
        }
        return new Answer.Unknown();
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
