package io.synthray.evaluator.topology;

import io.synthray.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Reads the values of the topics. */
public interface Decoding {
    /**
     * The event that the bytes hold.
     *
     * @throws io.synthray.schemas.serde.UndecodableEventException when they hold no event of the topic
     * @throws io.synthray.schemas.serde.RegistryException when the registry does not answer; the record may be fine
     */
    <T extends SpecificRecord> T decode(Topic<T> topic, byte[] value);
}
