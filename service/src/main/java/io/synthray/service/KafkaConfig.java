package io.synthray.service;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** Broker: the group {@code synthray.kafka} of a service's configuration. */
public interface KafkaConfig {
    /** {@code host:port}, comma separated; must be given. */
    Optional<String> bootstrapServers();

    /** What names of topics and groups begin with. */
    @WithDefault("synthray.")
    Optional<String> topicPrefix();

    /** Further properties of every Kafka client, for instance those of TLS and SASL. */
    Map<String, String> properties();
}
