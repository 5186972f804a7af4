package io.synthray.evaluator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/** Kafka Streams' properties, and why they are as they are. */
final class StreamsSettings {
    private StreamsSettings() {}

    static Properties of(Settings settings) {
        EvaluatorConfig.Evaluator evaluator = settings.evaluator();
        Map<String, Object> own = new LinkedHashMap<>();
        own.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        own.put(StreamsConfig.STATE_DIR_CONFIG, evaluator.stateDir());
        own.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        own.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                evaluator.commitInterval().toMillis());
        own.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, evaluator.threads());
        own.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, evaluator.standbys());
        own.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, evaluator.replication());
        own.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        own.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
        // Order is the broker's; a record without a usable time of its own must not stop the stream.
        own.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        // Nothing depends on which of two topics' records is read first, so no task waits to find out.
        own.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        own.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
        own.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        own.put(StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1);
        // Over a hundred partitions are read, requests with masks among them: these and the sizes of fetches bound what
        // waits in memory.
        // A poll looks through all partitions, so few large ones cost less; what a poll brings is worked off before the
        // next.
        own.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 500);
        own.put(consumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2000);
        own.put(consumer(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 256 * 1024);
        own.put(consumer(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 8 * 1024 * 1024);
        // As large as the system lets it grow: an answer then comes in while records are at work; with the client's own
        // 64 KiB every poll would wait for it.
        own.put(consumer(ConsumerConfig.RECEIVE_BUFFER_CONFIG), -1);
        own.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        own.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                evaluator.sessionTimeout().toMillis());
        own.put(consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                evaluator.sessionTimeout().dividedBy(4).toMillis());
        own.put(producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                evaluator.transactionTimeout().toMillis());
        own.put(producer(ProducerConfig.LINGER_MS_CONFIG), 5);
        // Not compressed: most of what is written are hashes. Batches that hold a few hundred images with one request's
        // cost.
        own.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        own.put(producer(ProducerConfig.BUFFER_MEMORY_CONFIG), 16L * 1024 * 1024);
        Properties properties = new Properties();
        properties.putAll(settings.installation().kafka().client(own));
        return properties;
    }

    private static String consumer(String key) {
        return StreamsConfig.mainConsumerPrefix(key);
    }

    private static String producer(String key) {
        return StreamsConfig.producerPrefix(key);
    }
}
