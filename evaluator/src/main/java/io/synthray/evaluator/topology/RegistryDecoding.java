package io.synthray.evaluator.topology;

import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/** Decoding through the registry, one decoder a topic for all tasks, since every decoder has a client and a cache of its own. */
public final class RegistryDecoding implements Decoding, AutoCloseable {
    private final EventSerdes serdes;
    private final TopicNames names;
    private final Map<Topic<?>, EventDecoder<?>> decoders = new ConcurrentHashMap<>();

    /**
     * @param serdes how to reach the registry
     * @param names names at the broker
     */
    public RegistryDecoding(EventSerdes serdes, TopicNames names) {
        this.serdes = serdes;
        this.names = names;
    }

    @Override
    public <T extends SpecificRecord> T decode(Topic<T> topic, byte[] value) {
        EventDecoder<?> decoder = decoders.computeIfAbsent(topic, t -> serdes.decoder(t, names));
        synchronized (decoder) {
            return topic.type().cast(decoder.decode(value));
        }
    }

    @Override
    public void close() {
        decoders.values().forEach(EventDecoder::close);
    }
}
