/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.proto.GRPCInferenceServiceGrpc;
import io.synthray.inference.proto.InferParameter;
import io.synthray.inference.proto.ModelConfigRequest;
import io.synthray.inference.proto.ModelConfigResponse;
import io.synthray.inference.proto.ModelInferRequest;
import io.synthray.inference.proto.ModelInferResponse;
import io.synthray.inference.proto.ModelInferResponse.InferOutputTensor;
import io.synthray.inference.proto.ModelMetadataRequest;
import io.synthray.inference.proto.ModelMetadataResponse;
import io.synthray.inference.proto.ModelMetadataResponse.TensorMetadata;
import io.synthray.inference.proto.ModelReadyRequest;
import io.synthray.inference.proto.ModelReadyResponse;
import io.synthray.inference.proto.ServerLiveRequest;
import io.synthray.inference.proto.ServerLiveResponse;
import io.synthray.inference.proto.ServerMetadataRequest;
import io.synthray.inference.proto.ServerMetadataResponse;
import io.synthray.inference.proto.ServerReadyRequest;
import io.synthray.inference.proto.ServerReadyResponse;
import io.synthray.inference.tensor.MalformedTensorException;
import java.util.List;
import java.util.Optional;

/** The protocol's methods. */
final class InferenceService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {

    private static final System.Logger LOG = System.getLogger(InferenceService.class.getName());
    private static final String PLATFORM = "onnxruntime_onnx";

    private final ModelRepository models;
    private final RequestQueue queue;

    InferenceService(ModelRepository models, RequestQueue queue) {
        this.models = models;
        this.queue = queue;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> caller) {
        answer(caller, ServerLiveResponse.newBuilder().setLive(true).build());
    }

    /** Models are loaded before the server listens, so whoever gets through finds it ready. */
    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> caller) {
        answer(caller, ServerReadyResponse.newBuilder().setReady(true).build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> caller) {
        boolean ready = models.find(request.getName(), request.getVersion()).isPresent();
        answer(caller, ModelReadyResponse.newBuilder().setReady(ready).build());
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> caller) {
        String version = getClass().getPackage().getImplementationVersion();
        answer(
                caller,
                ServerMetadataResponse.newBuilder()
                        .setName("synthray")
                        .setVersion(Optional.ofNullable(version).orElse("development"))
                        .addExtensions("model_configuration")
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> caller) {
        Optional<OnnxModel> model = find(request.getName(), request.getVersion(), caller);
        model.ifPresent(found -> answer(
                caller,
                ModelMetadataResponse.newBuilder()
                        .setName(found.name())
                        .addAllVersions(models.versions(found.name()).stream()
                                .map(OnnxModel::version)
                                .toList())
                        .setPlatform(PLATFORM)
                        .addAllInputs(metadata(found.inputs()))
                        .addAllOutputs(metadata(found.outputs()))
                        .build()));
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> caller) {
        find(request.getName(), request.getVersion(), caller)
                .ifPresent(model -> answer(
                        caller,
                        ModelConfigResponse.newBuilder()
                                .setConfig(model.config())
                                .build()));
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> caller) {
        ignoreCancellation(caller);
        find(request.getModelName(), request.getModelVersion(), caller)
                .ifPresent(model -> queue(request, model, caller));
    }

    private void queue(ModelInferRequest request, OnnxModel model, StreamObserver<ModelInferResponse> caller) {
        InferRequest inference;
        try {
            inference = InferRequest.read(request, model);
        } catch (MalformedTensorException e) {
            refuse(caller, Status.INVALID_ARGUMENT, "model " + model.name() + ": " + e.getMessage());
            return;
        }
        Context call = Context.current();
        if (!queue.offer(() -> execute(request.getId(), inference, model, call, caller))) {
            refuse(caller, Status.RESOURCE_EXHAUSTED, "model " + model.name() + ": the queue of requests is full");
        }
    }

    /** Runs on a worker. A request whose caller has given up by now costs nothing. */
    private void execute(
            String id, InferRequest request, OnnxModel model, Context call, StreamObserver<ModelInferResponse> caller) {
        if (call.isCancelled()) {
            refuse(caller, Status.CANCELLED, "the caller gave up");
            return;
        }
        try {
            ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                    .setModelName(model.name())
                    .setModelVersion(model.version())
                    .setId(id)
                    .putParameters(
                            ModelDescription.WEIGHTS_SHA256,
                            InferParameter.newBuilder()
                                    .setStringParam(model.weightsSha256())
                                    .build());
            model.infer(request.inputs(), request.outputs()).values().forEach(output -> add(output, response));
            answer(caller, response.build());
        } catch (InferenceFailedException e) {
            LOG.log(System.Logger.Level.WARNING, "inference failed: {0}", e.getMessage());
            refuse(caller, Status.INTERNAL, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "inference failed: model=" + model.name(), e);
            refuse(caller, Status.INTERNAL, "model " + model.name() + ": " + e);
        }
    }

    private static void add(OnnxModel.Output output, ModelInferResponse.Builder response) {
        ByteString contents = output.contents();
        response.addOutputs(InferOutputTensor.newBuilder()
                        .setName(output.tensor().name())
                        .setDatatype(output.tensor().type().name())
                        .addAllShape(output.shape().dims()))
                .addRawOutputContents(contents);
    }

    private static List<TensorMetadata> metadata(List<ModelTensor> tensors) {
        return tensors.stream()
                .map(tensor -> TensorMetadata.newBuilder()
                        .setName(tensor.name())
                        .setDatatype(tensor.type().name())
                        .addAllShape(tensor.shape().dims())
                        .build())
                .toList();
    }

    private Optional<OnnxModel> find(String name, String version, StreamObserver<?> caller) {
        Optional<OnnxModel> model = models.find(name, version);
        if (model.isEmpty()) {
            refuse(
                    caller,
                    Status.NOT_FOUND,
                    "model '" + name + "'" + (version.isEmpty() ? "" : " version '" + version + "'")
                            + " is not served"
                            + models.refusal(name).map(reason -> ": " + reason).orElse(""));
        }
        return model;
    }

    /** With a handler set, an answer to a caller who has left is dropped instead of thrown back. */
    private static void ignoreCancellation(StreamObserver<?> caller) {
        ((ServerCallStreamObserver<?>) caller).setOnCancelHandler(() -> {});
    }

    private static <T> void answer(StreamObserver<T> caller, T response) {
        caller.onNext(response);
        caller.onCompleted();
    }

    private static void refuse(StreamObserver<?> caller, Status status, String message) {
        caller.onError(status.withDescription(message).asRuntimeException());
    }
}
