package io.synthray.generator.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.FreePorts;
import io.synthray.local.platform.Programs;
import io.synthray.local.platform.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that runs for days meets a server that came back with other weights. */
class SamplersIT {
    private static final ModelRef MODEL = ModelRef.latest("sampler-stub");
    private static final Path STUB =
            Path.of(System.getProperty("synthray.root"), "inference/src/test/resources/stub-repository/sampler-stub");

    /** Sets the description of an ONNX file (field 6 of ModelProto): another file, the same arithmetic. */
    private static final byte[] DESCRIPTION = {0x32, 1, 'x'};

    @Test
    void refusesOtherWeightsOfTheSameVersionUntilTheFirstAreBack(@TempDir Path directory) throws Exception {
        Path first = model(directory.resolve("first"));
        Path second = model(directory.resolve("second"));
        Files.write(second.resolve("sampler-stub/1/model.onnx"), DESCRIPTION, StandardOpenOption.APPEND);
        int port = FreePorts.take(1).get(0);
        try (InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of("127.0.0.1:" + port))) {
            Samplers samplers = new Samplers(client);
            String weights;
            try (Child server = serve(first, port)) {
                weights = weights(samplers);
            }
            try (Child server = serve(second, port)) {
                samplers.forget(MODEL);
                String message = assertThrows(InferenceUnavailableException.class, () -> weights(samplers))
                        .getMessage();
                assertTrue(
                        message.contains("model sampler-stub")
                                && message.contains("expected weights of SHA-256 " + weights + " as before, found ")
                                && message.contains("other weights need another version"),
                        message);
            }
            try (Child server = serve(first, port)) {
                assertEquals(weights, weights(samplers));
            }
        }
    }

    private static Child serve(Path repository, int port) throws InterruptedException {
        Programs programs = new Programs(Distribution.current());
        Child server = Child.start(
                programs.inference(repository, port, 1),
                programs.distribution(),
                repository.resolveSibling("server.log"));
        Readiness.listening(port).await(server, Duration.ofSeconds(60));
        return server;
    }

    /** Asks until the client has connected to the server anew: it waits between its tries. */
    private static String weights(Samplers samplers) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                return samplers.get(MODEL)
                        .get(60, TimeUnit.SECONDS)
                        .sampler()
                        .model()
                        .weightsSha256();
            } catch (ExecutionException e) {
                InferenceUnavailableException unavailable =
                        assertInstanceOf(InferenceUnavailableException.class, e.getCause());
                if (!unavailable.getMessage().contains("UNAVAILABLE: ") || System.nanoTime() > deadline) {
                    throw unavailable;
                }
                Thread.sleep(200);
            }
        }
    }

    /** A repository with the stub; its configuration does not say what the weights must be. */
    private static Path model(Path repository) throws IOException {
        Path version = Files.createDirectories(repository.resolve("sampler-stub/1"));
        Files.copy(STUB.resolve("1/model.onnx"), version.resolve("model.onnx"));
        String config = Files.readString(STUB.resolve("config.pbtxt"));
        Files.writeString(version.resolveSibling("config.pbtxt"), config.replaceAll("(?m)^.*weights_sha256.*$", ""));
        return repository;
    }
}
