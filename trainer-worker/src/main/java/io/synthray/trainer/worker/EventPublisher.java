package io.synthray.trainer.worker;

import io.synthray.event.TrialProgress;
import io.synthray.event.TrialResult;
import io.synthray.schemas.serde.DeadLetters;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.trainer.data.UnavailableDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/** Sends the worker's events. */
final class EventPublisher {
    private static final Logger LOG = Logger.getLogger(EventPublisher.class);

    private final Producer<String, SpecificRecord> producer;
    private final TopicNames names;
    private final DeadLetters deadLetters;
    private final Patience patience;

    EventPublisher(
            Producer<String, SpecificRecord> producer, TopicNames names, DeadLetters deadLetters, Patience patience) {
        this.producer = producer;
        this.names = names;
        this.deadLetters = deadLetters;
        this.patience = patience;
    }

    /** Sends and forgets: a lost progress event is followed by the next. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells of a failure.
    void progress(TrialProgress event) {
        try {
            producer.send(
                    new ProducerRecord<>(names.of(TopicCatalogue.TRIAL_PROGRESS), event.getTrial(), event),
                    (metadata, failure) -> {
                        if (failure != null) {
                            LOG.warnf("a progress event was not sent: %s", failure.getMessage());
                        }
                    });
        } catch (RuntimeException e) {
            LOG.warnf("a progress event was not sent: %s", e.getMessage());
        }
    }

    /** Sends a result and returns when the broker has it: chunk 0 last, so that whoever sees it can count on the others. */
    void result(List<TrialResult> chunks) {
        patience.untilAvailable(() -> {
            send(chunks.subList(1, chunks.size()));
            send(chunks.subList(0, 1));
            return chunks;
        });
    }

    private void send(List<TrialResult> chunks) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (TrialResult chunk : chunks) {
            String key = chunk.getTrial() + "/" + chunk.getChunk();
            sent.add(sending(new ProducerRecord<>(names.of(TopicCatalogue.TRIAL_RESULTS), key, chunk)));
        }
        sent.forEach(EventPublisher::await);
    }

    /** Sends a dead letter and returns when the broker has it. */
    void deadLetter(ConsumerRecord<byte[], byte[]> bad, String cause) {
        patience.untilAvailable(() -> await(sending(deadLetters.of(bad, cause))));
    }

    private Future<RecordMetadata> sending(ProducerRecord<String, SpecificRecord> event) {
        try {
            return producer.send(event);
        } catch (InterruptException e) {
            throw new StoppedException();
        } catch (RuntimeException e) {
            // The serializer asks the registry here; its failures are of many kinds.
            throw new UnavailableDataException("an event for %s was not sent: %s".formatted(event.topic(), e), e);
        }
    }

    private static RecordMetadata await(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new UnavailableDataException(
                    "an event was not acknowledged: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
