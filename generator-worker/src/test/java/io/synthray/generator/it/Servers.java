package io.synthray.generator.it;

import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.FreePorts;
import io.synthray.local.platform.Programs;
import io.synthray.local.platform.Readiness;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The servers around the worker: broker, registry and the inference server with the stub model, each a process. */
final class Servers implements AutoCloseable {
    private static final Path STUB = Path.of("inference", "src", "test", "resources", "stub-repository");
    private static final Duration START = Duration.ofSeconds(60);

    private final Programs programs = new Programs(Distribution.current());
    private final int inferencePort = FreePorts.take(1).get(0);
    private final Path directory;
    private final BrokerAndRegistry platform;
    private Child inference;

    private Servers(Path directory, BrokerAndRegistry platform) {
        this.directory = directory;
        this.platform = platform;
    }

    static Servers start(Path directory) throws InterruptedException {
        Servers servers = new Servers(directory, BrokerAndRegistry.start(directory));
        try {
            servers.startInference();
            return servers;
        } catch (InterruptedException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** Where an installation of its own is; it is not set up yet. */
    Addresses addresses(String prefix) {
        return new Addresses(
                KafkaSettings.of(platform.bootstrapServers(), new TopicNames(prefix)),
                RegistrySettings.of(platform.registryUrl()),
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

    BrokerAndRegistry platform() {
        return platform;
    }

    void killInference() {
        inference.kill();
    }

    void startInference() throws InterruptedException {
        startInference(programs.distribution().root().resolve(STUB));
    }

    /** The same model and version by another file, whose description (field 6 of ModelProto) is all that differs. */
    void startInferenceWithOtherWeights() throws IOException, InterruptedException {
        Path stub = programs.distribution().root().resolve(STUB).resolve("sampler-stub");
        Path repository = directory.resolve("other-weights");
        Path model = Files.createDirectories(repository.resolve("sampler-stub"));
        Path graph = Files.createDirectories(model.resolve("1")).resolve("model.onnx");
        Files.copy(stub.resolve("1").resolve("model.onnx"), graph);
        Files.write(graph, new byte[] {0x32, 1, 'x'}, StandardOpenOption.APPEND);
        String config = Files.readString(stub.resolve("config.pbtxt"));
        Files.writeString(model.resolve("config.pbtxt"), config.replaceAll("(?m)^.*weights_sha256.*$", ""));
        startInference(repository);
    }

    private void startInference(Path repository) throws InterruptedException {
        inference = Child.start(
                programs.inference(repository, inferencePort, 2),
                programs.distribution(),
                directory.resolve("inference.log"));
        Readiness.listening(inferencePort).await(inference, START);
    }

    /** Stops the inference server in the midst of what it does; its connections stay open. */
    void freezeInference() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thawInference() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(inference.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -%s: expected exit code 0, found %d".formatted(name, status));
        }
    }

    @Override
    public void close() {
        if (inference != null) {
            inference.close();
        }
        platform.close();
    }
}
