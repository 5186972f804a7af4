package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.Position;
import io.synthray.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** A record on its way out. */
sealed interface Letter {
    /**
     * An event.
     *
     * @param topic where it goes
     * @param key its key
     * @param value the event
     */
    record Event(Topic<?> topic, String key, SpecificRecord value) implements Letter {}

    /**
     * A record that is published again.
     *
     * @param topic where it stood and goes
     * @param from where in the topic it stood; it goes to the same partition
     * @param key its key
     * @param value its value
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes on their way from topic to topic; nobody compares them.
    record Copy(Topic<?> topic, Position from, byte[] key, byte[] value) implements Letter {}
}
