package io.synthray.trainer.worker;

import io.synthray.event.Control;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.trainer.data.UnavailableDataException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Follows the control topic from its beginning. */
final class ControlReader implements Runnable {
    private static final Logger LOG = Logger.getLogger(ControlReader.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final EventDecoder<Control> decoder;
    private final EventPublisher publisher;
    private final StandingWords words;
    private final Patience patience;
    private final String topic;
    /** Whether everything has been read that had been written when the reader began. */
    private volatile boolean caughtUp;

    ControlReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            EventDecoder<Control> decoder,
            EventPublisher publisher,
            StandingWords words,
            Patience patience,
            TopicNames names) {
        this.consumers = consumers;
        this.decoder = decoder;
        this.publisher = publisher;
        this.words = words;
        this.patience = patience;
        this.topic = names.of(TopicCatalogue.CONTROL);
    }

    @Override
    public void run() {
        try {
            patience.untilAvailable(this::follow);
        } catch (StoppedException e) {
            LOG.debugf("%s is followed no longer", topic);
        }
    }

    /**
     * Waits until every word has been read that had been written when the reader began: a trial of an arm that was stopped before must not begin.
     *
     * @throws StoppedException when the worker stops before
     */
    void awaitStandingWords() {
        while (!caughtUp) {
            patience.pauseBriefly();
        }
    }

    /** Follows until the worker stops; the number of words that stand then. */
    private int follow() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!patience.stopped()) {
                consumer.poll(POLL).forEach(this::take);
                if (!caughtUp) {
                    caughtUp =
                            ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                }
            }
            return words.size();
        } catch (KafkaException e) {
            throw new UnavailableDataException("%s: %s".formatted(topic, e.getMessage()), e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            words.take(key, null);
            return;
        }
        try {
            words.take(key, patience.untilAvailable(() -> decode(record)));
        } catch (UndecodableEventException e) {
            publisher.deadLetter(record, e.getMessage());
        }
    }

    private Control decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return decoder.decode(record.value());
        } catch (RegistryException e) {
            throw new UnavailableDataException(e.getMessage(), e);
        }
    }
}
