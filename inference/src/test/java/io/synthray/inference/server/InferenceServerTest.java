/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.Inference;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.fixture.SampleRequests;
import io.synthray.inference.proto.GRPCInferenceServiceGrpc;
import io.synthray.inference.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.synthray.inference.proto.InferTensorContents;
import io.synthray.inference.proto.ModelConfigRequest;
import io.synthray.inference.proto.ModelInferRequest;
import io.synthray.inference.proto.ModelInferRequest.InferInputTensor;
import io.synthray.inference.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.synthray.inference.proto.ModelInferResponse;
import io.synthray.inference.proto.ModelMetadataRequest;
import io.synthray.inference.sampler.SampleRequest;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The embedded server over real connections, with the stub model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferenceServerTest {

    private static final ModelRef MODEL = new ModelRef("sampler-stub", "1");

    private InferenceServer server;
    private InferenceClient client;
    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub protocol;

    @BeforeAll
    void start() {
        server = InferenceServer.start(ServerOptions.local(Repositories.STUB).withThreads(2));
        client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()));
        channel = NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
        protocol = GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    void stop() {
        channel.shutdownNow();
        client.close();
        server.close();
    }

    /** Whatever a test has sent: the server goes on. */
    @AfterEach
    void answersStill() {
        assertEquals(1, protocol.modelInfer(good().build()).getOutputsCount());
    }

    @Test
    void tellsItsHealth() {
        assertTrue(value(client.isLive()));
        assertTrue(value(client.isReady()));
        assertTrue(value(client.isModelReady(MODEL)));
        assertTrue(value(client.isModelReady(ModelRef.latest("sampler-stub"))));
        assertFalse(value(client.isModelReady(new ModelRef("sampler-stub", "2"))));
        assertFalse(value(client.isModelReady(ModelRef.latest("other"))));
        assertTrue(value(client.identity()).startsWith("synthray "));
    }

    @Test
    void describesItsModels() {
        ModelDescription found = value(client.describe(ModelRef.latest("sampler-stub")));
        assertEquals(MODEL, found.model());
        assertEquals("onnxruntime_onnx", found.platform());
        assertEquals(64, found.maxBatchSize());
        assertEquals(
                List.of(
                        "noise FP32 [-1,1,64,64]",
                        "prompt BYTES [-1,1]",
                        "negative_prompt BYTES [-1,1]",
                        "mask UINT8 [-1,5,64,64]",
                        "guidance FP32 [-1,2]"),
                found.inputs().stream()
                        .map(tensor -> tensor.name() + " " + tensor.datatype() + " " + tensor.shape())
                        .toList());
        assertEquals(
                Repositories.sha256(Repositories.STUB.resolve("sampler-stub/1/model.onnx")),
                found.parameters().get("weights_sha256"));
    }

    @Test
    void answersInTheProtocolsForm() {
        ModelInferResponse response =
                protocol.modelInfer(good().setId("request 7").build());
        assertEquals("request 7", response.getId());
        assertEquals("sampler-stub", response.getModelName());
        assertEquals("1", response.getModelVersion());
        assertEquals("FP32", response.getOutputs(0).getDatatype());
        assertEquals(List.of(1L, 1L, 64L, 64L), response.getOutputs(0).getShapeList());
        assertEquals(4 * 4096, response.getRawOutputContents(0).size());
    }

    @Test
    void typedContentsMeanTheSameAsRaw() {
        Map<String, Tensor> tensors = SampleRequests.STUB.tensors(SampleRequests.STUB.numbered(3));
        ModelInferRequest.Builder typed = good().clearRawInputContents().clearInputs();
        for (String name : List.of("noise", "guidance")) {
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            for (float number : ((FloatTensor) tensors.get(name)).values()) {
                contents.addFp32Contents(number);
            }
            typed.addInputs(header(name, tensors.get(name)).setContents(contents));
        }
        InferTensorContents.Builder mask = InferTensorContents.newBuilder();
        for (byte number : tensors.get("mask").encode().toByteArray()) {
            mask.addUintContents(Byte.toUnsignedInt(number));
        }
        typed.addInputs(header("mask", tensors.get("mask")).setContents(mask));
        for (String name : List.of("prompt", "negative_prompt")) {
            ByteString text = tensors.get(name).encode().substring(4);
            typed.addInputs(header(name, tensors.get(name))
                    .setContents(InferTensorContents.newBuilder().addBytesContents(text)));
        }
        assertEquals(
                protocol.modelInfer(request(SampleRequests.STUB.numbered(3)).build())
                        .getRawOutputContents(0),
                protocol.modelInfer(typed.build()).getRawOutputContents(0));
    }

    @Test
    void aBatchOfEightIsEightSamples() {
        SampleRequest[] eight = new SampleRequest[8];
        ByteString row = ByteString.EMPTY;
        for (int i = 0; i < eight.length; i++) {
            eight[i] = SampleRequests.STUB.numbered(i);
            row = row.concat(infer(eight[i]));
        }
        Tensor batch = value(client.infer(MODEL, SampleRequests.STUB.tensors(eight), List.of("image")))
                .outputs()
                .get("image");
        assertEquals(Shape.of(8, 1, 64, 64), batch.shape());
        assertEquals(row, batch.encode());
    }

    @Test
    void manyAtOnceGetTheirOwnAnswers() {
        List<CompletableFuture<Inference>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(client.infer(MODEL, SampleRequests.STUB.tensors(SampleRequests.STUB.numbered(i)), List.of()));
        }
        for (int i = 0; i < calls.size(); i += 17) {
            assertEquals(
                    infer(SampleRequests.STUB.numbered(i)),
                    value(calls.get(i)).outputs().get("image").encode());
        }
    }

    @Test
    void unknownModelsAreNotFound() {
        refused(Status.Code.NOT_FOUND, "model 'x' is not served", request -> request.setModelName("x"));
        refused(
                Status.Code.NOT_FOUND,
                "model 'sampler-stub' version '7' is not served",
                request -> request.setModelVersion("7"));
        refused(
                Status.Code.NOT_FOUND,
                "model 'sampler-stub' version '01' is not served",
                request -> request.setModelVersion("01"));
        refused(Status.Code.NOT_FOUND, "model '' is not served", ModelInferRequest.Builder::clearModelName);
        StatusRuntimeException config = assertThrows(
                StatusRuntimeException.class,
                () -> protocol.modelConfig(
                        ModelConfigRequest.newBuilder().setName("x").build()));
        assertEquals(Status.Code.NOT_FOUND, config.getStatus().getCode());
        StatusRuntimeException metadata = assertThrows(
                StatusRuntimeException.class,
                () -> protocol.modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("x").build()));
        assertEquals("model 'x' is not served", metadata.getStatus().getDescription());
    }

    @Test
    void wrongTensorsAreRefusedByName() {
        invalid(
                "input 'noise': expected FP32 [-1,1,64,64], found FP64 [1,1,64,64]",
                request -> request.getInputsBuilder(0).setDatatype("FP64"));
        invalid(
                "input 'noise': expected FP32 [-1,1,64,64], found no datatype [1,1,64,64]",
                request -> request.getInputsBuilder(0).clearDatatype());
        invalid(
                "input 'noise': expected FP32 [-1,1,64,64], found FP32 [1,64,64]",
                request -> request.getInputsBuilder(0).clearShape().addAllShape(List.of(1L, 64L, 64L)));
        invalid(
                "input 'noise': expected FP32 [-1,1,64,64], found FP32 [1,1,64,63]",
                request -> request.getInputsBuilder(0).setShape(3, 63));
        invalid(
                "input 'noise': expected FP32 [-1,1,64,64], found FP32 [-1,1,64,64]",
                request -> request.getInputsBuilder(0).setShape(0, -1));
        invalid(
                "input 'noise': expected sizes of 0 or more, found shape [-2,1,64,64]",
                request -> request.getInputsBuilder(0).setShape(0, -2));
        invalid(
                "input 'noise': expected 32768 bytes for FP32 [2,1,64,64], found 16384",
                request -> request.getInputsBuilder(0).setShape(0, 2));
        invalid(
                "input 'noise': expected at most 2147483647 elements, found shape [9223372036854775807,1,64,64]",
                request -> request.getInputsBuilder(0).setShape(0, Long.MAX_VALUE));
        invalid(
                "input 'noise': expected 16384 bytes for FP32 [1,1,64,64], found 3",
                request -> request.setRawInputContents(0, ByteString.copyFromUtf8("abc")));
        invalid(
                "input 'seed': expected one of [noise, prompt, negative_prompt, mask, guidance], found this",
                request -> request.getInputsBuilder(0).setName("seed"));
        invalid("input 'prompt': expected once, found twice", request -> request.getInputsBuilder(2)
                .setName("prompt"));
        invalid("input 'guidance': expected FP32 [-1,2], found none", request -> {
            List<ByteString> contents = request.getRawInputContentsList().subList(0, 4);
            request.removeInputs(4).clearRawInputContents().addAllRawInputContents(List.copyOf(contents));
        });
        invalid(
                "output 'picture': expected one of [image], found this",
                request -> request.addOutputs(
                        InferRequestedOutputTensor.newBuilder().setName("picture")));
    }

    @Test
    void contentsOfTheWrongKindAreRefused() {
        invalid(
                "raw_input_contents: expected one for each of 5 inputs, or none, found 6",
                request -> request.addRawInputContents(ByteString.EMPTY));
        invalid("input 'noise': expected raw or typed contents, found both", request -> request.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(1)));
        invalid(
                "input 'noise': expected 4096 elements for FP32 [1,1,64,64], found 0",
                request -> request.clearRawInputContents());
        invalid(
                "input 'prompt': expected UTF-8 for element 0 of BYTES [1,1], found other bytes",
                request -> request.setRawInputContents(1, ByteString.copyFrom(new byte[] {1, 0, 0, 0, (byte) 0xff})));
        invalid(
                "input 'prompt': expected text without NUL characters, found one",
                request -> request.setRawInputContents(1, ByteString.copyFrom(new byte[] {1, 0, 0, 0, 0})));
        invalid(
                "input 'prompt': expected 1 elements for BYTES [1,1], found 0",
                request -> request.setRawInputContents(1, ByteString.EMPTY));
    }

    @Test
    void batchesOfDifferentOrImpossibleSizesAreRefused() {
        ModelInferRequest two = request(SampleRequests.STUB.numbered(1), SampleRequests.STUB.numbered(2))
                .build();
        invalid(
                "batch: expected one size from 1 to 64 for all inputs, found {noise=2, prompt=1, negative_prompt=1, mask=1, guidance=1}",
                request -> request.setInputs(0, two.getInputs(0)).setRawInputContents(0, two.getRawInputContents(0)));
        SampleRequest[] many = new SampleRequest[65];
        Arrays.setAll(many, SampleRequests.STUB::numbered);
        refuse(
                Status.Code.INVALID_ARGUMENT,
                "model sampler-stub: batch: expected one size from 1 to 64 for all inputs, found "
                        + "{noise=65, prompt=65, negative_prompt=65, mask=65, guidance=65}",
                request(many).build());
        refuse(
                Status.Code.INVALID_ARGUMENT,
                "model sampler-stub: batch: expected one size from 1 to 64 for all inputs, found "
                        + "{noise=0, prompt=0, negative_prompt=0, mask=0, guidance=0}",
                request().build());
    }

    @Test
    void messagesAboveTheLimitAreRefusedForGood() {
        try (InferenceServer small =
                        InferenceServer.start(new ServerOptions(Repositories.STUB, "127.0.0.1", 0, 1, 8, 1 << 20));
                InferenceClient other = new GrpcInferenceClient(InferenceClientConfig.of(small.address()))) {
            SampleRequest[] many = new SampleRequest[40];
            Arrays.setAll(many, SampleRequests.STUB::numbered);
            failure(InferenceRejectedException.class, other.infer(MODEL, SampleRequests.STUB.tensors(many), List.of()));
            value(other.infer(MODEL, SampleRequests.STUB.tensors(many[0]), List.of()));
        }
    }

    @Test
    void anAddressThatIsTakenOrIsNoneIsRefused() {
        ServerOptions taken = ServerOptions.local(Repositories.STUB).withPort(server.port());
        StartupException inUse = assertThrows(
                StartupException.class, () -> InferenceServer.start(taken).close());
        assertTrue(
                inUse.getMessage().matches("cannot listen on " + server.address() + ": .*[Aa]ddress already in use.*"),
                inUse.getMessage());
        StartupException unknown = assertThrows(StartupException.class, () -> InferenceServer.start(
                        new ServerOptions(Repositories.STUB, "no.such.host.invalid", 0, 1, 1, 1))
                .close());
        assertTrue(unknown.getMessage().startsWith("cannot listen on no.such.host.invalid:0: "), unknown.getMessage());
    }

    @Test
    void impossibleOptionsAreRefused() {
        ServerOptions local = ServerOptions.local(Repositories.STUB);
        assertEquals(
                "port: expected 0 to 65535, found 65536",
                assertThrows(StartupException.class, () -> local.withPort(65536))
                        .getMessage());
        assertEquals(
                "threads: expected 1 to 1024, found 0",
                assertThrows(StartupException.class, () -> local.withThreads(0)).getMessage());
        assertEquals(
                "queue: expected 1 to 1000000, found 0",
                assertThrows(StartupException.class, () -> local.withQueue(0)).getMessage());
    }

    @Test
    void endsOnce() {
        InferenceServer other = InferenceServer.start(ServerOptions.local(Repositories.STUB));
        int port = other.port();
        other.close();
        other.close();
        assertEquals("127.0.0.1:" + port, other.address());
    }

    private ByteString infer(SampleRequest request) {
        return value(client.infer(MODEL, SampleRequests.STUB.tensors(request), List.of()))
                .outputs()
                .get("image")
                .encode();
    }

    private void invalid(String message, Consumer<ModelInferRequest.Builder> change) {
        refused(Status.Code.INVALID_ARGUMENT, "model sampler-stub: " + message, change);
    }

    private void refused(Status.Code code, String message, Consumer<ModelInferRequest.Builder> change) {
        ModelInferRequest.Builder request = good();
        change.accept(request);
        refuse(code, message, request.build());
    }

    private void refuse(Status.Code code, String message, ModelInferRequest request) {
        Status status = assertThrows(StatusRuntimeException.class, () -> protocol.modelInfer(request))
                .getStatus();
        assertEquals(message, status.getDescription());
        assertEquals(code, status.getCode());
    }

    private static ModelInferRequest.Builder good() {
        return request(SampleRequests.STUB.numbered(1));
    }

    private static ModelInferRequest.Builder request(SampleRequest... samples) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("sampler-stub");
        SampleRequests.STUB.tensors(samples).forEach((name, tensor) -> request.addInputs(header(name, tensor))
                .addRawInputContents(tensor.encode()));
        return request;
    }

    private static InferInputTensor.Builder header(String name, Tensor tensor) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(tensor.type().name())
                .addAllShape(tensor.shape().dims());
    }
}
