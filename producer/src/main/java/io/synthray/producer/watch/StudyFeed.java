package io.synthray.producer.watch;

import io.synthray.event.Statistics;
import io.synthray.event.StudyState;
import io.synthray.event.TrialProgress;
import io.synthray.event.TrialResult;
import io.synthray.producer.broker.Platform;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A study's events from the beginning on, as they are committed. Outages of broker and registry are waited out: a record that cannot
 * be decoded while the registry is away stays in front.
 */
final class StudyFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StudyFeed.class);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** A topic that is followed, and what its events do. */
    private interface Follower {
        void accept(byte[] value);
    }

    private final String study;
    private final String address;
    private final StudyProgress progress = new StudyProgress();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<String, Follower> followers = new HashMap<>();
    private final List<EventDecoder<?>> decoders = new ArrayList<>();
    private final Deque<ConsumerRecord<byte[], byte[]>> pending = new ArrayDeque<>();
    private String trouble = "";

    StudyFeed(Platform platform, String study) {
        this.study = study;
        this.address = platform.kafka().bootstrapServers();
        this.consumer = new KafkaConsumer<>(
                platform.kafka()
                        .client(Map.of(
                                "isolation.level", "read_committed",
                                "enable.auto.commit", "false",
                                "auto.offset.reset", "earliest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        follow(platform, TopicCatalogue.STUDY_STATES, (StudyState state) -> progress.add(state));
        follow(platform, TopicCatalogue.TRIAL_PROGRESS, (TrialProgress trial) -> progress.add(trial));
        follow(platform, TopicCatalogue.TRIAL_RESULTS, (TrialResult result) -> progress.add(result));
        follow(platform, TopicCatalogue.STATISTICS, (Statistics comparison) -> progress.add(comparison));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private <T extends SpecificRecord> void follow(
            Platform platform, Topic<T> topic, java.util.function.Consumer<T> reader) {
        EventDecoder<T> decoder = platform.serdes().decoder(topic, platform.names());
        decoders.add(decoder);
        String name = platform.name(topic);
        followers.put(name, value -> reader.accept(decoder.decode(value)));
        for (int partition = 0; partition < topic.partitions(); partition++) {
            partitions.add(new TopicPartition(name, partition));
        }
    }

    /** What is known so far. */
    StudyProgress progress() {
        return progress;
    }

    /** What is being waited for; empty while all is well. */
    String trouble() {
        return trouble;
    }

    /** Waits for events and takes them in; returns whether there were any of this study. */
    boolean poll(Duration patience) {
        if (pending.isEmpty()) {
            fetch(patience);
        }
        boolean changed = false;
        while (!pending.isEmpty()) {
            ConsumerRecord<byte[], byte[]> record = pending.peek();
            try {
                followers.get(record.topic()).accept(record.value());
                trouble = "";
            } catch (RegistryException e) {
                trouble = e.getMessage();
                return changed;
            } catch (UndecodableEventException e) {
                LOG.warn("{} {} {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            }
            pending.remove();
            changed = true;
        }
        return changed;
    }

    private void fetch(Duration patience) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
                if (isOurs(record)) {
                    pending.add(record);
                }
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt(); // The watcher looks at it after each poll.
        }
    }

    /** Of a trial's result the first chunk has its metrics. */
    private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return false;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        boolean ours = key.equals(study) || key.startsWith(study + "/");
        boolean result = record.topic().endsWith(TopicCatalogue.TRIAL_RESULTS.name());
        return ours && (!result || key.endsWith("/0"));
    }

    /** A consumer says nothing of a broker that is away, so it is asked after a silence. */
    void askBroker() {
        try {
            consumer.endOffsets(partitions, ANSWER);
            if (pending.isEmpty()) {
                trouble = "";
            }
        } catch (KafkaException e) {
            trouble = "the broker at " + address + " does not answer";
        }
    }

    @Override
    public void close() {
        decoders.forEach(EventDecoder::close);
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
