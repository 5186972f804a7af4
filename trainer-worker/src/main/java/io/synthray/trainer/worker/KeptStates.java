package io.synthray.trainer.worker;

import io.synthray.event.Checkpoint;
import io.synthray.event.TrialProgress;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.trainer.data.UnavailableDataException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/** Finds in the progress events of a trial where states of its trainings are, or were. */
final class KeptStates {
    private static final Logger LOG = Logger.getLogger(KeptStates.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final EventDecoder<TrialProgress> decoder;
    private final String topic;

    /**
     * @param consumers makes consumers without a group that read committed records
     * @param decoder reads values
     * @param names names at the broker
     */
    KeptStates(Supplier<Consumer<byte[], byte[]>> consumers, EventDecoder<TrialProgress> decoder, TopicNames names) {
        this.consumers = consumers;
        this.decoder = decoder;
        this.topic = names.of(TopicCatalogue.TRIAL_PROGRESS);
    }

    /**
     * States of a trial's trainings in the order of their events.
     *
     * @throws UnavailableDataException when the topic cannot be read at present
     */
    List<Checkpoint> of(String trial) {
        byte[] key = trial.getBytes(StandardCharsets.UTF_8);
        List<Checkpoint> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            int partitions = consumer.partitionsFor(topic).size();
            // Where the producer's default partitioner puts this key.
            TopicPartition own = new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions);
            consumer.assign(List.of(own));
            consumer.seekToBeginning(List.of(own));
            long end = consumer.endOffsets(List.of(own)).get(own);
            while (consumer.position(own) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (Arrays.equals(record.key(), key) && record.value() != null) {
                        take(record, found);
                    }
                }
            }
        } catch (KafkaException | RegistryException e) {
            throw new UnavailableDataException("%s: %s".formatted(topic, e.getMessage()), e);
        }
        return found;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, List<Checkpoint> found) {
        try {
            Checkpoint checkpoint = decoder.decode(record.value()).getCheckpoint();
            if (checkpoint != null) {
                found.add(checkpoint);
            }
        } catch (UndecodableEventException e) {
            LOG.warnf("a progress event is passed over: %s", e.getMessage());
        }
    }
}
