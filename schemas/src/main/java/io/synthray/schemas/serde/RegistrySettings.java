package io.synthray.schemas.serde;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * How clients reach the schema registry.
 *
 * @param url root of the registry, for instance {@code http://127.0.0.1:8081}; the API's paths are appended
 * @param timeout how long one question may take
 * @param properties further properties of the serde, for instance those of authentication
 */
public record RegistrySettings(URI url, Duration timeout, Map<String, String> properties) {
    /** Copies the properties. */
    public RegistrySettings {
        properties = Map.copyOf(properties);
    }

    /** Settings with a time-out of ten seconds and no further properties. */
    public static RegistrySettings of(String url) {
        return new RegistrySettings(URI.create(url), Duration.ofSeconds(10), Map.of());
    }
}
