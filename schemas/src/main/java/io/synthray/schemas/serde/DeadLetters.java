package io.synthray.schemas.serde;

import io.synthray.event.DeadLetter;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes dead letters of one service.
 *
 * @param names names at the broker
 * @param service name of the service that meets them
 */
public record DeadLetters(TopicNames names, String service) {
    /**
     * The record to send to the dead-letter topic; deterministic, so that meeting the same record twice is visible as such.
     *
     * @param bad the record as it was consumed
     * @param cause one line: what was expected, what was found
     */
    public ProducerRecord<String, SpecificRecord> of(ConsumerRecord<byte[], byte[]> bad, String cause) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setTopic(bad.topic())
                .setPartition(bad.partition())
                .setOffset(bad.offset())
                .setKey(bad.key() == null ? null : ByteBuffer.wrap(bad.key()))
                .setValue(bad.value() == null ? null : ByteBuffer.wrap(bad.value()))
                .setCause(cause)
                .setService(service)
                .build();
        String key = bad.topic() + "/" + bad.partition() + "/" + bad.offset();
        return new ProducerRecord<>(names.of(TopicCatalogue.DEAD_LETTERS), key, letter);
    }
}
