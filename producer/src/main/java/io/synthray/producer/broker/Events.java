package io.synthray.producer.broker;

import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the events that a topic holds now. A record that is no event is logged and passed over. */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Platform platform;

    /** @param platform whose broker and registry are asked */
    public Events(Platform platform) {
        this.platform = platform;
    }

    /** Gives every event of the topic whose key is wanted to the reader, with its key; those of a key in their order. */
    public <T extends SpecificRecord> void read(
            Topic<T> topic, Predicate<String> wanted, BiConsumer<String, T> reader) {
        try (EventDecoder<T> decoder = platform.serdes().decoder(topic, platform.names())) {
            new CommittedRecords(platform).readAll(topic, record -> {
                String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null || !wanted.test(key)) {
                    return;
                }
                try {
                    reader.accept(key, decoder.decode(record.value()));
                } catch (UndecodableEventException e) {
                    LOG.warn("{} {} {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
                }
            });
        }
    }
}
