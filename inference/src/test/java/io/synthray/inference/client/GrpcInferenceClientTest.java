/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.synthray.inference.fixture.ScriptedServer;
import io.synthray.inference.proto.InferParameter;
import io.synthray.inference.proto.InferTensorContents;
import io.synthray.inference.proto.ModelConfigResponse;
import io.synthray.inference.proto.ModelInferResponse;
import io.synthray.inference.proto.ModelInferResponse.InferOutputTensor;
import io.synthray.inference.proto.ModelMetadataResponse;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.IntTensor;
import io.synthray.inference.tensor.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client makes of answers, the sound and the broken. */
class GrpcInferenceClientTest {

    private static final ModelRef MODEL = new ModelRef("m", "1");

    private final ScriptedServer server = ScriptedServer.start(
            ModelMetadataResponse.newBuilder()
                    .addAllVersions(List.of("9", "10", "2"))
                    .build(),
            ModelConfigResponse.getDefaultInstance());
    private final InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void readsRawAndTypedOutputsAndParameters() {
        server.thenAnswer(ModelInferResponse.newBuilder()
                .setModelName("m")
                .setModelVersion("1")
                .addOutputs(output("a", "FP32", 1))
                .addRawOutputContents(new FloatTensor(Shape.of(1), new float[] {2}).encode())
                .putParameters(
                        "word", InferParameter.newBuilder().setStringParam("x").build())
                .putParameters(
                        "yes", InferParameter.newBuilder().setBoolParam(true).build())
                .putParameters(
                        "n", InferParameter.newBuilder().setInt64Param(-3).build())
                .putParameters(
                        "u", InferParameter.newBuilder().setUint64Param(-1).build())
                .putParameters(
                        "d", InferParameter.newBuilder().setDoubleParam(0.5).build())
                .putParameters("none", InferParameter.getDefaultInstance())
                .build());
        Inference raw = value(client.infer(MODEL, Map.of(), List.of()));
        assertEquals(Map.of("a", new FloatTensor(Shape.of(1), new float[] {2})), raw.outputs());
        assertEquals(
                Map.of("word", "x", "yes", "true", "n", "-3", "u", "18446744073709551615", "d", "0.5", "none", ""),
                raw.parameters());
        server.thenAnswer(ModelInferResponse.newBuilder()
                .addOutputs(output("b", "INT32", 2)
                        .setContents(InferTensorContents.newBuilder()
                                .addIntContents(7)
                                .addIntContents(8)))
                .setModelName("m")
                .build());
        assertEquals(
                Map.of("b", new IntTensor(Shape.of(2), new int[] {7, 8})),
                value(client.infer(MODEL, Map.of(), List.of())).outputs());
    }

    @Test
    void brokenAnswersAreRejectedByTheNameOfTheOutput() {
        broken(
                ModelInferResponse.newBuilder().addOutputs(output("a", "FP64", 1)),
                "output 'a': expected a datatype that Synthray reads, found 'FP64'");
        broken(
                ModelInferResponse.newBuilder()
                        .addOutputs(output("a", "FP32", 2))
                        .addRawOutputContents(ByteString.copyFromUtf8("1234")),
                "output 'a': expected 8 bytes for FP32 [2], found 4");
        broken(
                ModelInferResponse.newBuilder().addOutputs(output("a", "UINT8", 1)),
                "output 'a': expected 1 bytes for UINT8 [1], found 0");
        broken(
                ModelInferResponse.newBuilder().addOutputs(output("a", "FP32", -5)),
                "output 'a': expected sizes of 0 or more, found shape [-5]");
    }

    @Test
    void anAnswerThatNamesNoModelIsRejected() {
        broken(ModelInferResponse.newBuilder(), "expected a model name, found none");
    }

    @Test
    void theNewestVersionIsTheHighestNumber() {
        assertEquals(
                new ModelRef("m", "10"),
                value(client.describe(ModelRef.latest("m"))).model());
        assertEquals(
                new ModelRef("m", "2"),
                value(client.describe(new ModelRef("m", "2"))).model());
    }

    @Test
    void requestsAboveTheLimitAreNotSent() {
        try (InferenceClient small =
                new GrpcInferenceClient(new InferenceClientConfig(server.address(), Duration.ofSeconds(9), 100))) {
            String message = failure(
                            InferenceRejectedException.class,
                            small.infer(MODEL, Map.of("a", new FloatTensor(Shape.of(64), new float[64])), List.of()))
                    .getMessage();
            assertTrue(
                    message.matches(
                            "inference with model m/1 at .*: expected a request of at most 100 bytes, found 2[0-9]+"),
                    message);
            assertEquals(0, server.calls());
        }
    }

    private void broken(ModelInferResponse.Builder answer, String message) {
        server.thenAnswer(answer.build());
        assertEquals(
                "inference with model m/1 at " + server.address() + ": " + message,
                failure(InferenceRejectedException.class, client.infer(MODEL, Map.of(), List.of()))
                        .getMessage());
    }

    private static InferOutputTensor.Builder output(String name, String datatype, long size) {
        return InferOutputTensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(size);
    }
}
