package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Position;
import io.synthray.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Where the evaluator's records go: sent if and only if what it remembers is kept. */
public interface Outbox {
    /** Publishes an event to its topic. */
    <T extends SpecificRecord> void publish(Topic<T> topic, String key, T event);

    /** Tells why a record is not counted. */
    void quarantine(Topic<?> topic, Position at, String cause);

    /** Publishes a record again, byte for byte, to the partition that it stood in. */
    void republish(Topic<?> topic, Position from, byte[] key, byte[] value);
}
