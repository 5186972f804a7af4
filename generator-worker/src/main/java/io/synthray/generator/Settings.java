package io.synthray.generator;

import io.synthray.generator.admission.Bounds;
import io.synthray.inference.client.ExponentialBackoff;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The configuration, checked.
 *
 * @param worker name of this process
 * @param consumers members of the share group
 * @param batch requests that a member takes at once
 * @param threads that encode, store and send
 */
record Settings(
        KafkaSettings kafka,
        RegistrySettings registry,
        InferenceClientConfig inference,
        URI store,
        String worker,
        int consumers,
        int batch,
        Bounds inFlight,
        ExponentialBackoff backoff,
        Duration shutdownGrace,
        int threads) {

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    static Settings of(GeneratorConfig config) {
        Problems problems = new Problems();
        GeneratorConfig.Generator generator = config.generator();
        int cores = Runtime.getRuntime().availableProcessors();
        String bootstrap = problems.require(
                "synthray.kafka.bootstrap-servers", config.kafka().bootstrapServers());
        String registry =
                problems.require("synthray.registry.url", config.registry().url());
        String address = problems.require(
                "synthray.inference.address", config.inference().address());
        String store = problems.require("synthray.store.uri", config.store().uri());
        TopicNames names = problems.read(
                "synthray.kafka.topic-prefix",
                () -> new TopicNames(config.kafka().topicPrefix().orElse("")));
        URI registryUri = problems.read("synthray.registry.url", () -> URI.create(registry));
        InferenceClientConfig inference = problems.read("synthray.inference", () -> InferenceClientConfig.of(address)
                .withDeadline(config.inference().deadline()));
        URI storeUri = problems.read("synthray.store.uri", () -> URI.create(store));
        Bounds bounds = problems.read(
                "synthray.generator.in-flight",
                () -> new Bounds(
                        generator.inFlight().min(),
                        generator.inFlight().initial(),
                        generator.inFlight().max()));
        ExponentialBackoff backoff = problems.read(
                "synthray.generator.retry",
                () -> new ExponentialBackoff(
                        generator.retry().first(),
                        generator.retry().longest(),
                        Integer.MAX_VALUE,
                        () -> ThreadLocalRandom.current().nextDouble()));
        problems.range("synthray.generator.consumers", generator.consumers(), 1, 1000);
        problems.range("synthray.generator.batch", generator.batch(), 1, 1000);
        problems.range("synthray.generator.threads", generator.threads(), 0, 1000);
        problems.throwIfAny();
        return new Settings(
                new KafkaSettings(bootstrap, names, config.kafka().properties()),
                new RegistrySettings(registryUri, config.registry().timeout(), Map.of()),
                inference,
                storeUri,
                config.worker().name().orElseGet(Settings::ownName),
                generator.consumers(),
                generator.batch(),
                bounds,
                backoff,
                generator.shutdownGrace(),
                generator.threads() == 0 ? 2 * cores : generator.threads());
    }

    private static String ownName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "generator";
        }
        return host + "-" + ProcessHandle.current().pid();
    }

    /** Everything that is wrong, told at once. */
    private static final class Problems {
        private final List<String> found = new ArrayList<>();

        String require(String key, Optional<String> value) {
            if (value.isEmpty()) {
                found.add(key + ": expected a value, found none");
            }
            return value.orElse("");
        }

        <T> T read(String key, Supplier<T> reader) {
            try {
                return reader.get();
            } catch (IllegalArgumentException e) {
                if (found.stream().noneMatch(problem -> problem.startsWith(key))) {
                    found.add(key + ": " + e.getMessage());
                }
                return null;
            }
        }

        void range(String key, int value, int least, int most) {
            if (value < least || value > most) {
                found.add("%s: expected %d to %d, found %d".formatted(key, least, most, value));
            }
        }

        void throwIfAny() {
            if (!found.isEmpty()) {
                throw new StartupException("configuration: " + String.join("; ", found));
            }
        }
    }
}
