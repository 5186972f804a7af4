package io.synthray.generator.it;

import io.synthray.inference.server.InferenceServer;
import io.synthray.inference.server.ServerOptions;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Path;
import java.time.Duration;

/** The servers around the worker. */
final class Servers implements AutoCloseable {
    private static final Path STUB = Path.of("..", "inference", "src", "test", "resources", "stub-repository");

    private final Path directory;
    private final String salt = "t" + System.currentTimeMillis() + ".";
    private InferenceServer inference;
    private int inferencePort;

    private Servers(Path directory) {
        this.directory = directory;
        startInference();
    }

    static Servers start(Path directory) {
        return new Servers(directory);
    }

    Addresses addresses(String prefix) {
        return new Addresses(
                KafkaSettings.of(
                        System.getenv("BOOTSTRAP"),
                        new TopicNames(prefix.startsWith("never") ? prefix : salt + prefix)),
                RegistrySettings.of(System.getenv("REGISTRY")),
                "127.0.0.1:" + inferencePort,
                directory.resolve("store-" + prefix).toUri());
    }

    /** Sets an installation of its own up. */
    Addresses install(String prefix) {
        Addresses addresses = addresses(prefix);
        try (TopicAdmin admin = new TopicAdmin(addresses.kafka(), Duration.ofSeconds(30))) {
            admin.createMissing((short) 1);
        }
        new SchemaRegistrar(addresses.registry()).registerAll(addresses.kafka().names());
        return addresses;
    }

    void stopInference() {
        inference.close();
    }

    void startInference() {
        inference = InferenceServer.start(ServerOptions.local(STUB).withPort(inferencePort));
        inferencePort = inference.port();
    }

    @Override
    public void close() {
        inference.close();
    }
}
