package io.synthray.trainer.it;

import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Path;

/** Broker and registry of the tests; each test has an installation of its own. */
record Servers(Path directory, BrokerAndRegistry platform) implements AutoCloseable {
    static Servers start(Path directory) throws InterruptedException {
        return new Servers(directory, BrokerAndRegistry.start(directory));
    }

    /** Topics and a store that no other test uses; not set up yet. */
    Installation installation(String name) {
        return new Installation(
                KafkaSettings.of(platform.bootstrapServers(), new TopicNames(name + ".")),
                RegistrySettings.of(platform.registryUrl()),
                directory.resolve("store-" + name));
    }

    @Override
    public void close() {
        platform.close();
    }
}
