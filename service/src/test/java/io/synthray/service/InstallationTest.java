package io.synthray.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private final ConfigurationProblems problems = new ConfigurationProblems();

    @Test
    void readsItsGroups() {
        Installation installation = read(Optional.of("broker:9092"), "x.", Optional.of("http://registry:8081"), "w1");
        problems.throwIfAny();
        assertEquals("broker:9092", installation.kafka().bootstrapServers());
        assertEquals("x.", installation.kafka().names().prefix());
        assertEquals("http://registry:8081", installation.registry().url().toString());
        assertEquals("w1", installation.worker());
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        read(Optional.empty(), "no spaces", Optional.of("no uri"), "w1");
        problems.range("synthray.batch", 0, 1, 10);
        problems.atLeast("synthray.tolerance", Double.NaN, 0);
        problems.positive("synthray.interval", Duration.ZERO);
        String message =
                assertThrows(StartupException.class, problems::throwIfAny).getMessage();
        for (String expected : new String[] {
            "synthray.kafka.bootstrap-servers: expected a value, found none",
            "synthray.kafka.topic-prefix: topic prefix 'no spaces'",
            "synthray.registry.url: ",
            "synthray.batch: expected 1 to 10, found 0",
            "synthray.tolerance: expected 0 or more, found NaN",
            "synthray.interval: expected a time above 0, found PT0S"
        }) {
            assertTrue(message.contains(expected), message);
        }
    }

    private Installation read(Optional<String> bootstrap, String prefix, Optional<String> registry, String name) {
        return Installation.of(
                new KafkaConfig() {
                    @Override
                    public Optional<String> bootstrapServers() {
                        return bootstrap;
                    }

                    @Override
                    public Optional<String> topicPrefix() {
                        return Optional.of(prefix);
                    }

                    @Override
                    public Map<String, String> properties() {
                        return Map.of();
                    }
                },
                new RegistryConfig() {
                    @Override
                    public Optional<String> url() {
                        return registry;
                    }

                    @Override
                    public Duration timeout() {
                        return Duration.ofSeconds(1);
                    }
                },
                () -> Optional.of(name),
                problems);
    }
}
