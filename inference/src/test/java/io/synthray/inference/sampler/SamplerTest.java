/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.fixture.SampleRequests;
import io.synthray.inference.fixture.ScriptedServer;
import io.synthray.inference.proto.InferParameter;
import io.synthray.inference.proto.ModelConfig;
import io.synthray.inference.proto.ModelConfigResponse;
import io.synthray.inference.proto.ModelInferResponse;
import io.synthray.inference.proto.ModelInferResponse.InferOutputTensor;
import io.synthray.inference.proto.ModelMetadataResponse;
import io.synthray.inference.proto.ModelMetadataResponse.TensorMetadata;
import io.synthray.inference.proto.ModelParameter;
import io.synthray.inference.server.InferenceServer;
import io.synthray.inference.server.ServerOptions;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.StringTensor;
import io.synthray.inference.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final ModelRef STUB = ModelRef.latest("sampler-stub");

    @Test
    void drawsWhatPythonComputes() throws IOException {
        float[] noise = new float[4096];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (i % 41 - 20) / 10f;
        }
        byte[] mask = new byte[5 * 4096];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i / 4096 % 3 == 2 ? SampleRequest.UNSPECIFIED : (byte) (i % 2);
        }
        float[] expected = new float[4096];
        ByteBuffer.wrap(Files.readAllBytes(Repositories.STUB.resolveSibling("stub-sampler-image.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(expected);
        try (InferenceServer server = InferenceServer.start(ServerOptions.local(Repositories.STUB));
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            Sampler sampler = value(Sampler.connect(client, STUB));
            SampledImage image = value(sampler.sample(new SampleRequest(noise, "left lung", "", mask, 3, 1.5f)));
            assertArrayEquals(expected, image.pixels());
            assertEquals(64, image.side());
            assertEquals(new ModelRef("sampler-stub", "1"), image.model());
            assertEquals(
                    Repositories.sha256(Repositories.STUB.resolve("sampler-stub/1/model.onnx")), image.weightsSha256());
        }
    }

    @Test
    void unsuitableRequestsAreNotSent() {
        try (InferenceServer server = InferenceServer.start(ServerOptions.local(Repositories.STUB));
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            Sampler sampler = value(Sampler.connect(client, STUB));
            server.close();
            SampleRequest good = SampleRequests.STUB.numbered(1);
            float[] broken = good.noise().clone();
            broken[77] = Float.NaN;
            byte[] grey = good.mask().clone();
            grey[5] = 2;
            byte[] half = good.mask().clone();
            half[2 * 4096 + 5] = 0;
            String prefix = "sample of model sampler-stub/1 at " + server.address() + ": ";
            refused(
                    prefix + "input 'mask': expected 255 throughout a plane or nowhere in it, found both in plane 2",
                    sampler,
                    new SampleRequest(good.noise(), "", "", half, 1, 1));
            refused(
                    prefix + "input 'noise': expected 4096 elements, found 3",
                    sampler,
                    new SampleRequest(new float[3], "", "", good.mask(), 1, 1));
            refused(
                    prefix + "input 'noise': expected finite numbers, found NaN",
                    sampler,
                    new SampleRequest(broken, "", "", good.mask(), 1, 1));
            refused(
                    prefix + "input 'mask': expected 20480 elements, found 4096",
                    sampler,
                    new SampleRequest(good.noise(), "", "", new byte[4096], 1, 1));
            refused(
                    prefix + "input 'mask': expected 0, 1 or 255, found 2",
                    sampler,
                    new SampleRequest(good.noise(), "", "", grey, 1, 1));
            refused(
                    prefix + "input 'guidance': expected finite numbers, found Infinity",
                    sampler,
                    new SampleRequest(good.noise(), "", "", good.mask(), 1, Float.POSITIVE_INFINITY));
        }
    }

    @Test
    void imagesThatBreakTheContractAreRejected() {
        try (ScriptedServer server = ScriptedServer.start(metadata(), config());
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            Sampler sampler = value(Sampler.connect(client, new ModelRef("tiny", "1")));
            assertEquals(2, sampler.model().side());
            SampleRequest request = new SampleRequest(new float[4], "", "", new byte[4], 1, 1);
            String prefix = "sample of model tiny/1 at " + server.address() + ": output 'image': expected ";
            server.thenAnswer(answer("image", new FloatTensor(Shape.of(1, 1, 2, 2), new float[] {0, 1, 0.5f, 1})));
            assertArrayEquals(
                    new float[] {0, 1, 0.5f, 1}, value(sampler.sample(request)).pixels());
            server.thenAnswer(answer("image", new FloatTensor(Shape.of(1, 1, 2, 2), new float[] {0, 1, 1.5f, 1})));
            refused(prefix + "pixels from 0 to 1, found 1.5", sampler, request);
            server.thenAnswer(answer("image", new FloatTensor(Shape.of(1, 1, 2, 2), new float[] {0, Float.NaN, 1, 1})));
            refused(prefix + "pixels from 0 to 1, found NaN", sampler, request);
            server.thenAnswer(answer("image", new FloatTensor(Shape.of(1, 4), new float[4])));
            refused(prefix + "FP32 [1,1,2,2], found FP32 [1,4]", sampler, request);
            server.thenAnswer(answer("other", new FloatTensor(Shape.of(1, 1, 2, 2), new float[4])));
            refused(prefix + "FP32 [1,1,2,2], found null", sampler, request);
        }
    }

    /** A client's connection outlives its server, which may come back with others. */
    @Test
    void anImageByOtherWeightsThanTheSamplersIsWaitedOut() {
        FloatTensor pixels = new FloatTensor(Shape.of(1, 1, 2, 2), new float[4]);
        String same = "0".repeat(64);
        String other = "1".repeat(64);
        ModelMetadataResponse triton = metadata().toBuilder()
                .addOutputs(tensor("weights_sha256", "BYTES", -1, 1))
                .build();
        try (ScriptedServer server = ScriptedServer.start(triton, config());
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            Sampler sampler = value(Sampler.connect(client, new ModelRef("tiny", "1")));
            SampleRequest request = new SampleRequest(new float[4], "", "", new byte[4], 1, 1);
            server.thenAnswer(asOutput(answer("image", pixels), same));
            assertEquals(same, value(sampler.sample(request)).weightsSha256());
            assertEquals(List.of("image", "weights_sha256"), server.asked());
            server.thenAnswer(asParameter(answer("image", pixels), same));
            assertEquals(same, value(sampler.sample(request)).weightsSha256());
            String message = "sample of model tiny/1 at " + server.address() + ": expected one by weights of SHA-256 "
                    + same + " as before, found one by " + other;
            server.thenAnswer(asOutput(answer("image", pixels), other));
            assertEquals(
                    message,
                    failure(InferenceUnavailableException.class, sampler.sample(request))
                            .getMessage());
            server.thenAnswer(asParameter(answer("image", pixels), other));
            assertEquals(
                    message,
                    failure(InferenceUnavailableException.class, sampler.sample(request))
                            .getMessage());
        }
    }

    /** How Triton's models name their weights. */
    private static ModelInferResponse asOutput(ModelInferResponse answer, String weights) {
        ModelInferResponse word = answer("weights_sha256", new StringTensor(Shape.of(1, 1), List.of(weights)));
        return answer.toBuilder()
                .addOutputs(word.getOutputs(0))
                .addRawOutputContents(word.getRawOutputContents(0))
                .build();
    }

    /** How the embedded server names them. */
    private static ModelInferResponse asParameter(ModelInferResponse answer, String weights) {
        return answer.toBuilder()
                .putParameters(
                        "weights_sha256",
                        InferParameter.newBuilder().setStringParam(weights).build())
                .build();
    }

    @Test
    void aModelThatIsNoSamplerIsRefused() {
        try (ScriptedServer server = ScriptedServer.start(
                        metadata().toBuilder().removeInputs(0).build(), config());
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            String message = failure(
                            InferenceRejectedException.class, Sampler.connect(client, new ModelRef("tiny", "1")))
                    .getMessage();
            assertTrue(
                    message.startsWith("model tiny/1 at " + server.address() + " is no sampler: input 'noise'"),
                    message);
        }
    }

    private static void refused(String message, Sampler sampler, SampleRequest request) {
        assertEquals(
                message,
                failure(InferenceRejectedException.class, sampler.sample(request))
                        .getMessage());
    }

    private static ModelInferResponse answer(String output, Tensor tensor) {
        return ModelInferResponse.newBuilder()
                .setModelName("tiny")
                .setModelVersion("1")
                .addOutputs(InferOutputTensor.newBuilder()
                        .setName(output)
                        .setDatatype(tensor.type().name())
                        .addAllShape(tensor.shape().dims()))
                .addRawOutputContents(tensor.encode())
                .build();
    }

    private static ModelMetadataResponse metadata() {
        return ModelMetadataResponse.newBuilder()
                .setName("tiny")
                .addVersions("1")
                .addInputs(tensor("noise", "FP32", -1, 1, 2, 2))
                .addInputs(tensor("prompt", "BYTES", -1, 1))
                .addInputs(tensor("negative_prompt", "BYTES", -1, 1))
                .addInputs(tensor("mask", "UINT8", -1, 1, 2, 2))
                .addInputs(tensor("guidance", "FP32", -1, 2))
                .addOutputs(tensor("image", "FP32", -1, 1, 2, 2))
                .build();
    }

    private static ModelConfigResponse config() {
        return ModelConfigResponse.newBuilder()
                .setConfig(ModelConfig.newBuilder()
                        .setName("tiny")
                        .putParameters("structures", parameter("heart"))
                        .putParameters("steps", parameter("1"))
                        .putParameters("weights_sha256", parameter("0".repeat(64))))
                .build();
    }

    private static ModelParameter parameter(String value) {
        return ModelParameter.newBuilder().setStringValue(value).build();
    }

    private static TensorMetadata tensor(String name, String datatype, long... dims) {
        return TensorMetadata.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addAllShape(Shape.of(dims).dims())
                .build();
    }
}
