package io.synthray.evaluator.service;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;

/** Broker and registry of the tests, as the system properties {@code synthray.it.bootstrap} and {@code synthray.it.registry} say. */
record Servers(String bootstrap, RegistrySettings registry) implements AutoCloseable {
    static Servers start() {
        String bootstrap = System.getProperty("synthray.it.bootstrap");
        String registry = System.getProperty("synthray.it.registry");
        assumeTrue(bootstrap != null && registry != null, "synthray.it.bootstrap and synthray.it.registry are not set");
        return new Servers(bootstrap, RegistrySettings.of(registry));
    }

    /** Topics that no other test uses; not set up yet. */
    KafkaSettings kafka(String name) {
        return KafkaSettings.of(bootstrap, new TopicNames(name + System.nanoTime() + "."));
    }

    @Override
    public void close() {}
}
