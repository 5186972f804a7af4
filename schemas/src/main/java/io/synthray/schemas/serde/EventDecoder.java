package io.synthray.schemas.serde;

import io.synthray.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the bytes of one topic's values. Consumers that must go on after a bad record read bytes and decode here, since a
 * deserializer inside a client makes its poll fail.
 *
 * @param <T> record class of the topic's values
 */
public final class EventDecoder<T extends SpecificRecord> implements AutoCloseable {
    private static final int HEADER = 5;

    private final Topic<T> topic;
    private final String name;
    private final Deserializer<T> deserializer;

    EventDecoder(Topic<T> topic, String name, Deserializer<T> deserializer) {
        this.topic = topic;
        this.name = name;
        this.deserializer = deserializer;
    }

    /**
     * The event that {@code value} holds.
     *
     * @throws UndecodableEventException when it is no event of the topic: null, without the wire format's header, of an
     *     unknown schema, or not readable with it
     * @throws RegistryException when the registry could not be asked; the record may be fine
     */
    public T decode(byte[] value) {
        if (value == null) {
            throw new UndecodableEventException("expected a %s, found no value".formatted(typeName()), null);
        }
        if (value.length < HEADER || value[0] != 0) {
            throw new UndecodableEventException(
                    "expected magic byte 0 and a 4-byte schema id before a %s, found %d bytes%s"
                            .formatted(
                                    typeName(),
                                    value.length,
                                    value.length == 0 ? "" : " beginning with " + (value[0] & 0xff)),
                    null);
        }
        Object event;
        try {
            event = deserializer.deserialize(name, value);
        } catch (RuntimeException e) {
            if (RegistryFailures.isTransient(e)) {
                throw new RegistryException("the registry did not answer: " + RegistryFailures.root(e), e);
            }
            throw new UndecodableEventException(
                    "expected a %s, found %d bytes that cannot be read as one: %s"
                            .formatted(typeName(), value.length, RegistryFailures.root(e)),
                    e);
        }
        if (!topic.type().isInstance(event)) {
            throw new UndecodableEventException(
                    "expected a %s, found a %s"
                            .formatted(
                                    typeName(),
                                    event == null ? "null" : event.getClass().getSimpleName()),
                    null);
        }
        return topic.type().cast(event);
    }

    private String typeName() {
        return topic.type().getSimpleName();
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
