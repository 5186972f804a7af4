package io.synthray.trainer.worker;

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
import java.util.function.Function;

/**
 * The configuration, checked.
 *
 * @param store root of the image store
 * @param worker name of this process
 * @param threads threads of one training
 * @param manifestWait how long a manifest's chunks are waited for at a time
 */
record Settings(
        KafkaSettings kafka, RegistrySettings registry, URI store, String worker, int threads, Duration manifestWait) {

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    static Settings of(TrainerConfig config) {
        List<String> problems = new ArrayList<>();
        TopicNames names = read(
                problems,
                "synthray.kafka.topic-prefix",
                Optional.of(config.kafka().topicPrefix().orElse("")),
                TopicNames::new);
        String bootstrap = read(
                problems, "synthray.kafka.bootstrap-servers", config.kafka().bootstrapServers(), address -> address);
        URI registry = read(problems, "synthray.registry.url", config.registry().url(), URI::create);
        URI store = read(problems, "synthray.store.uri", config.store().uri(), URI::create);
        int threads = config.trainer().threads();
        if (threads < 1) {
            problems.add("synthray.trainer.threads: expected 1 or more, found " + threads);
        }
        if (!problems.isEmpty()) {
            throw new StartupException("configuration: " + String.join("; ", problems));
        }
        return new Settings(
                new KafkaSettings(bootstrap, names, config.kafka().properties()),
                new RegistrySettings(registry, config.registry().timeout(), Map.of()),
                store,
                config.worker().name().orElseGet(Settings::ownName),
                threads,
                config.trainer().manifestWait());
    }

    private static <T> T read(List<String> problems, String key, Optional<String> value, Function<String, T> reader) {
        try {
            return reader.apply(value.orElseThrow(() -> new IllegalArgumentException("expected a value, found none")));
        } catch (IllegalArgumentException e) {
            problems.add(key + ": " + e.getMessage());
            return null;
        }
    }

    private static String ownName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "trainer";
        }
        return host + "-" + ProcessHandle.current().pid();
    }
}
