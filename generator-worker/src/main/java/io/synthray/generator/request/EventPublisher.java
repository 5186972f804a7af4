package io.synthray.generator.request;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends events and says when the broker has them all. */
final class EventPublisher {
    private final Producer<String, SpecificRecord> producer;

    /** @param producer idempotent, waiting for all replicas; remains the caller's to close */
    EventPublisher(Producer<String, SpecificRecord> producer) {
        this.producer = producer;
    }

    /** Completes when every record is acknowledged; fails with the first failure. May block while metadata are missing. */
    CompletableFuture<Void> publish(List<ProducerRecord<String, SpecificRecord>> records) {
        return CompletableFuture.allOf(records.stream().map(this::publish).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> publish(ProducerRecord<String, SpecificRecord> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }
}
