/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.embedder;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.client.TensorSpec;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.server.InferenceServer;
import io.synthray.inference.server.ServerOptions;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedder's client and the embedded server, with the model that src/test/python/stub_embedder.py writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedderTest {
    private static final Path REPOSITORY = Repositories.STUB.resolveSibling("stub-embedder");
    private static final ModelRef STUB = ModelRef.latest("embedder-stub");

    private InferenceServer server;
    private InferenceClient client;
    private Embedder embedder;

    @BeforeAll
    void start() {
        server = InferenceServer.start(ServerOptions.local(REPOSITORY));
        client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()));
        embedder = value(Embedder.connect(client, STUB));
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void embedsImagesOfAnySizeAsPythonDoes() throws IOException {
        float[] expected = new float[8];
        ByteBuffer.wrap(Files.readAllBytes(REPOSITORY.resolveSibling("stub-embedder-values.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(expected);
        int from = 0;
        for (int side : new int[] {16, 33}) {
            Embedding embedding = value(embedder.embed(image(side), side));
            assertArrayEquals(Arrays.copyOfRange(expected, from, from + 4), embedding.values(), 1e-6f);
            assertEquals(new ModelRef("embedder-stub", "1"), embedding.model());
            assertEquals(
                    Repositories.sha256(REPOSITORY.resolve("embedder-stub/1/model.onnx")), embedding.weightsSha256());
            from += 4;
        }
        assertEquals(4, embedder.model().dimension());
    }

    /** The connection outlives its server, which comes back with another file of the same arithmetic. */
    @Test
    void featuresByOtherWeightsThanTheEmbeddersAreWaitedOut(@TempDir Path folder) throws Exception {
        Path model = Files.createDirectories(folder.resolve("embedder-stub/1"));
        Path graph = model.resolve("model.onnx");
        Files.copy(REPOSITORY.resolve("embedder-stub/1/model.onnx"), graph);
        Files.write(graph, new byte[] {0x32, 1, 'x'}, StandardOpenOption.APPEND);
        String config = Files.readString(REPOSITORY.resolve("embedder-stub/config.pbtxt"));
        Files.writeString(model.resolveSibling("config.pbtxt"), config.replaceAll("(?m)^.*weights_sha256.*$", ""));
        InferenceServer first = InferenceServer.start(ServerOptions.local(REPOSITORY));
        try (InferenceClient lasting = new GrpcInferenceClient(InferenceClientConfig.of(first.address()))) {
            Embedder known = value(Embedder.connect(lasting, STUB));
            first.close();
            try (InferenceServer second =
                    InferenceServer.start(ServerOptions.local(folder).withPort(first.port()))) {
                while (!value(lasting.isReady())) {
                    Thread.sleep(50);
                }
                String message = failure(InferenceUnavailableException.class, known.embed(image(16), 16))
                        .getMessage();
                assertEquals(
                        "embedding by model embedder-stub/1 at " + second.address()
                                + ": expected one by weights of SHA-256 "
                                + known.model().weightsSha256() + " as before, found one by "
                                + Repositories.sha256(graph),
                        message);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void whatIsNoImageIsRefusedByClientAndServer() {
        float[] bright = image(16);
        bright[7] = 1.5f;
        float[] broken = image(16);
        broken[7] = Float.NaN;
        for (float[] pixels : List.of(bright, broken)) {
            String reason = "input 'image': expected 0 to 1, found " + pixels[7];
            String own = failure(InferenceRejectedException.class, embedder.embed(pixels, 16))
                    .getMessage();
            assertTrue(own.endsWith(reason), own);
            Map<String, Tensor> sent = Map.of("image", new FloatTensor(Shape.of(1, 1, 16, 16), pixels));
            String servers = failure(InferenceRejectedException.class, client.infer(STUB, sent, List.of()))
                    .getMessage();
            assertTrue(servers.contains("INVALID_ARGUMENT") && servers.endsWith(reason), servers);
        }
        String size = failure(InferenceRejectedException.class, embedder.embed(image(16), 17))
                .getMessage();
        assertTrue(size.contains("input 'image': expected 289 elements"), size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image | -1,1,64,64 | embedding | -1,4 | input 'image': expected FP32 [B,1,H,W] with H and W of any size,"
                        + " found FP32 [-1,1,64,64]",
                "picture | -1,1,-1,-1 | embedding | -1,4 | inputs: expected 'image' alone, found [picture]",
                "image | -1,1,-1,-1 | embedding | -1,-1 | output 'embedding': expected FP32 [B,D] with D from 1 to 65536,"
                        + " found FP32 [-1,-1]",
                "image | -1,1,-1,-1 | features | -1,4 | output 'embedding': expected FP32 [B,D], found only [features]"
            })
    void aModelThatIsNoEmbedderIsRefused(
            String input, String inputShape, String output, String outputShape, String fault) {
        ModelDescription description = new ModelDescription(
                "here:1",
                new ModelRef("m", "3"),
                "",
                8,
                List.of(new TensorSpec(input, "FP32", shape(inputShape))),
                List.of(new TensorSpec(output, "FP32", shape(outputShape))),
                Map.of("weights_sha256", "0".repeat(64)));
        String message = assertThrows(InferenceRejectedException.class, () -> EmbedderModel.of(description))
                .getMessage();
        assertEquals("model m/3 at here:1 is no embedder: " + fault, message);
    }

    private static Shape shape(String text) {
        return new Shape(Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList());
    }

    private static float[] image(int side) {
        float[] image = new float[side * side];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i % 41) / 40f;
        }
        return image;
    }
}
