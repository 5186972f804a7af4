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
import io.synthray.inference.sampler.SampleRequest;
import io.synthray.inference.sampler.SampledImage;
import io.synthray.inference.sampler.SamplerModel;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that runs for days meets a server that came back with other weights. */
class SamplersIT {
    private static final ModelRef MODEL = ModelRef.latest("sampler-stub");
    private static final Path STUB =
            Path.of(System.getProperty("synthray.root"), "inference/src/test/resources/stub-repository/sampler-stub");

    /** Sets the description of an ONNX file (field 6 of ModelProto): another file, the same arithmetic. */
    private static final byte[] DESCRIPTION = {0x32, 1, 'x'};

    /** The worker is idle meanwhile, so that nothing but the image itself tells. */
    @Test
    void drawsNothingWithOtherWeightsOfTheSameVersionUntilTheFirstAreBack(@TempDir Path directory) throws Exception {
        Path first = model(directory.resolve("first"));
        Path second = model(directory.resolve("second"));
        Files.write(second.resolve("sampler-stub/1/model.onnx"), DESCRIPTION, StandardOpenOption.APPEND);
        int port = FreePorts.take(1).get(0);
        try (InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of("127.0.0.1:" + port))) {
            Samplers samplers = new Samplers(client);
            String weights;
            try (Child server = serve(first, port)) {
                weights = draw(samplers).weightsSha256();
            }
            try (Child server = serve(second, port)) {
                awaitConnection(client);
                refused(samplers, "sample of model sampler-stub/1", weights + " as before, found one by ");
                for (int i = 0; i < 2; i++) {
                    refused(samplers, weights + " as before, found ", "other weights need another version");
                }
            }
            try (Child server = serve(first, port)) {
                awaitConnection(client);
                assertEquals(weights, draw(samplers).weightsSha256());
            }
        }
    }

    private static void refused(Samplers samplers, String... words) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> draw(samplers));
        String message = assertInstanceOf(InferenceUnavailableException.class, failure.getCause())
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    private static SampledImage draw(Samplers samplers) throws Exception {
        Samplers.Known known = samplers.get(MODEL).get(60, TimeUnit.SECONDS);
        SamplerModel model = known.sampler().model();
        SampleRequest request =
                new SampleRequest(new float[model.noiseLength()], "", "", new byte[model.maskLength()], 1, 1);
        return samplers.sample(MODEL, known, request).get(60, TimeUnit.SECONDS);
    }

    /** The client connects to the server anew by itself, and waits between its tries. */
    private static void awaitConnection(InferenceClient client) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!client.isReady().get(60, TimeUnit.SECONDS)) {
            assertTrue(System.nanoTime() < deadline, "no connection to " + client.server());
            Thread.sleep(200);
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

    /** A repository with the stub; its configuration does not say what the weights must be. */
    private static Path model(Path repository) throws IOException {
        Path version = Files.createDirectories(repository.resolve("sampler-stub/1"));
        Files.copy(STUB.resolve("1/model.onnx"), version.resolve("model.onnx"));
        String config = Files.readString(STUB.resolve("config.pbtxt"));
        Files.writeString(version.resolveSibling("config.pbtxt"), config.replaceAll("(?m)^.*weights_sha256.*$", ""));
        return repository;
    }
}
