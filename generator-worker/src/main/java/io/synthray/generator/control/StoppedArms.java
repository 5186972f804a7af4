package io.synthray.generator.control;

import io.synthray.event.Control;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.UndecodableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Follows the control topic: every worker reads all of it. A record that cannot be read is logged by each and left out: it stops nobody,
 * and the topic keeps it.
 */
public final class StoppedArms implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StoppedArms.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** A word ends it at once, and so does {@link #close()}; a worker should not take processor time for what hardly ever comes. */
    private static final Duration FOLLOW = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final EventDecoder<Control> decoder;
    private final StandingWords words = new StandingWords();
    private final Thread follower = new Thread(this::follow, "control");

    /**
     * @param consumer without a group; closed with this object
     * @param topic the control topic's name at the broker
     */
    public StoppedArms(Consumer<byte[], byte[]> consumer, EventDecoder<Control> decoder, String topic) {
        this.consumer = consumer;
        this.decoder = decoder;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads all that stands now, then goes on in the background.
     *
     * @throws TimeoutException when the topic cannot be read in time
     */
    public void start(Duration timeout) throws TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the control topic could not be read within " + timeout.toSeconds() + " s");
            }
            consumer.poll(POLL).forEach(this::apply);
        }
        follower.setDaemon(true);
        follower.start();
    }

    /** The word that stops the arm, if one stands. */
    public Optional<Control> stop(String study, String arm) {
        return words.stop(study, arm);
    }

    private void follow() {
        try (consumer) {
            while (true) {
                try {
                    consumer.poll(FOLLOW).forEach(this::apply);
                } catch (WakeupException e) {
                    return;
                } catch (KafkaException e) {
                    LOG.warnf("the control topic could not be read: %s", e.getMessage());
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            LOG.warnf("control record at offset %d has no key, left out", record.offset());
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            words.apply(key, record.value() == null ? null : decode(record));
        } catch (UndecodableEventException e) {
            LOG.warnf(
                    "control record %s at offset %d cannot be read, left out: %s",
                    key, record.offset(), e.getMessage());
        }
    }

    private Control decode(ConsumerRecord<byte[], byte[]> record) {
        while (true) {
            try {
                return decoder.decode(record.value());
            } catch (RegistryException e) {
                LOG.warnf("control record at offset %d waits for the registry: %s", record.offset(), e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the registry", e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
    }
}
