package io.synthray.generator.lease;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as it came from the share group.
 *
 * @param record key and value as bytes
 * @param attempt delivery count, 1 or more
 * @param takenNanos when it was taken, on a monotonic clock
 */
public record Delivery(ConsumerRecord<byte[], byte[]> record, int attempt, long takenNanos) {
    static Delivery of(ConsumerRecord<byte[], byte[]> record, long nowNanos) {
        return new Delivery(record, record.deliveryCount().map(Short::intValue).orElse(1), nowNanos);
    }

    /** Where it stands. */
    public Position position() {
        return positionOf(record);
    }

    static Position positionOf(ConsumerRecord<?, ?> record) {
        return new Position(record.partition(), record.offset());
    }
}
