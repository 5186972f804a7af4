package io.synthray.trainer.it;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Path;

/** Broker and registry of the tests. */
final class Servers implements AutoCloseable {
    private final Path directory;

    private Servers(Path directory) {
        this.directory = directory;
    }

    static Servers start(Path directory) {
        return new Servers(directory);
    }

    /** Topics and a store that no other test uses; not set up yet. */
    Installation installation(String name) {
        return new Installation(
                KafkaSettings.of(
                        System.getProperty("synthray.it.bootstrap"), new TopicNames(name + System.nanoTime() + ".")),
                RegistrySettings.of(System.getProperty("synthray.it.registry")),
                directory.resolve("store-" + name));
    }

    @Override
    public void close() {}
}
