package io.synthray.service;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Schema registry: the group {@code synthray.registry} of a service's configuration. */
public interface RegistryConfig {
    /** Root, for instance {@code http://127.0.0.1:8081}; must be given. */
    Optional<String> url();

    /** How long one question may take. */
    @WithDefault("10s")
    Duration timeout();
}
