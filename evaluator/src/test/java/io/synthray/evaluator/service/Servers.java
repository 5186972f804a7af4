package io.synthray.evaluator.service;

import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Path;

/** Broker and registry of the tests. */
record Servers(BrokerAndRegistry platform) implements AutoCloseable {
    static Servers start(Path directory) throws InterruptedException {
        return new Servers(BrokerAndRegistry.start(directory));
    }

    /** Topics that no other test uses; not set up yet. */
    KafkaSettings kafka(String name) {
        return KafkaSettings.of(platform.bootstrapServers(), new TopicNames(name + "."));
    }

    RegistrySettings registry() {
        return RegistrySettings.of(platform.registryUrl());
    }

    @Override
    public void close() {
        platform.close();
    }
}
