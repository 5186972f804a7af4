package io.synthray.trainer.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Path;

/** Broker and registry of the tests, as the system properties {@code synthray.it.bootstrap} and {@code synthray.it.registry} say. */
final class Servers implements AutoCloseable {
    private final Path directory;
    private final String bootstrap;
    private final String registry;

    private Servers(Path directory, String bootstrap, String registry) {
        this.directory = directory;
        this.bootstrap = bootstrap;
        this.registry = registry;
    }

    static Servers start(Path directory) {
        String bootstrap = System.getProperty("synthray.it.bootstrap");
        String registry = System.getProperty("synthray.it.registry");
        assumeTrue(bootstrap != null && registry != null, "synthray.it.bootstrap and synthray.it.registry are not set");
        return new Servers(directory, bootstrap, registry);
    }

    /** Topics and a store that no other test uses; not set up yet. */
    Installation installation(String name) {
        return new Installation(
                KafkaSettings.of(bootstrap, new TopicNames(name + System.nanoTime() + ".")),
                RegistrySettings.of(registry),
                directory.resolve("store-" + name));
    }

    @Override
    public void close() {}
}
