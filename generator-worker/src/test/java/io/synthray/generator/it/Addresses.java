package io.synthray.generator.it;

import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import java.net.URI;

/** Where the servers of a test are. */
record Addresses(KafkaSettings kafka, RegistrySettings registry, String inference, URI store) {
    EventSerdes serdes() {
        return new EventSerdes(registry);
    }
}
