package io.synthray.schemas.topic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How clients reach the broker.
 *
 * @param bootstrapServers {@code host:port}, comma separated
 * @param names names of topics and groups at the broker
 * @param properties further client properties, for instance those of TLS and SASL; they win over ours
 */
public record KafkaSettings(String bootstrapServers, TopicNames names, Map<String, String> properties) {
    /** Copies the properties. */
    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** Settings without further properties. */
    public static KafkaSettings of(String bootstrapServers, TopicNames names) {
        return new KafkaSettings(bootstrapServers, names, Map.of());
    }

    /**
     * Client properties: the caller's, then the address, then the user's own.
     *
     * @param caller what this client needs, for instance a group id
     */
    public Map<String, Object> client(Map<String, ?> caller) {
        Map<String, Object> merged = new LinkedHashMap<>(caller);
        merged.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        merged.putAll(properties);
        return merged;
    }
}
