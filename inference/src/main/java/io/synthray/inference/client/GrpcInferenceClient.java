/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.synthray.inference.proto.GRPCInferenceServiceGrpc;
import io.synthray.inference.proto.ModelConfigRequest;
import io.synthray.inference.proto.ModelInferRequest;
import io.synthray.inference.proto.ModelMetadataRequest;
import io.synthray.inference.proto.ModelMetadataResponse;
import io.synthray.inference.proto.ModelReadyRequest;
import io.synthray.inference.proto.ModelReadyResponse;
import io.synthray.inference.proto.ServerLiveRequest;
import io.synthray.inference.proto.ServerLiveResponse;
import io.synthray.inference.proto.ServerMetadataRequest;
import io.synthray.inference.proto.ServerReadyRequest;
import io.synthray.inference.proto.ServerReadyResponse;
import io.synthray.inference.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A client over gRPC that tries each call once. Connections are made when needed and made again when lost, and the calls
 * spread over all addresses of the server's name.
 */
public final class GrpcInferenceClient implements InferenceClient {

    private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(500);

    private final InferenceClientConfig config;
    private final ManagedChannel channel;
    private final AtomicLong lastReconnect = new AtomicLong(System.nanoTime());

    /** Ready for calls at once; the connection follows with the first. */
    public GrpcInferenceClient(InferenceClientConfig config) {
        this.config = config;
        this.channel = NettyChannelBuilder.forTarget("dns:///" + config.server())
                .usePlaintext()
                // What follows an answer is short, see InferenceClient; another thread would cost more than it.
                .directExecutor()
                .defaultLoadBalancingPolicy("round_robin")
                .maxInboundMessageSize(config.maxMessageBytes())
                .build();
    }

    @Override
    public String server() {
        return config.server();
    }

    @Override
    public CompletableFuture<String> identity() {
        return call(
                GRPCInferenceServiceGrpc.getServerMetadataMethod(),
                ServerMetadataRequest.getDefaultInstance(),
                HEALTH_DEADLINE,
                "name of the inference server",
                response -> (response.getName() + " " + response.getVersion()).strip());
    }

    @Override
    public CompletableFuture<Boolean> isLive() {
        return answerOrFalse(call(
                GRPCInferenceServiceGrpc.getServerLiveMethod(),
                ServerLiveRequest.getDefaultInstance(),
                HEALTH_DEADLINE,
                "liveness of the inference server",
                ServerLiveResponse::getLive));
    }

    @Override
    public CompletableFuture<Boolean> isReady() {
        return answerOrFalse(call(
                GRPCInferenceServiceGrpc.getServerReadyMethod(),
                ServerReadyRequest.getDefaultInstance(),
                HEALTH_DEADLINE,
                "readiness of the inference server",
                ServerReadyResponse::getReady));
    }

    @Override
    public CompletableFuture<Boolean> isModelReady(ModelRef model) {
        return answerOrFalse(call(
                GRPCInferenceServiceGrpc.getModelReadyMethod(),
                ModelReadyRequest.newBuilder()
                        .setName(model.name())
                        .setVersion(model.version())
                        .build(),
                HEALTH_DEADLINE,
                "readiness of model " + model,
                ModelReadyResponse::getReady));
    }

    @Override
    public CompletableFuture<ModelDescription> describe(ModelRef model) {
        String what = "description of model " + model;
        CompletableFuture<ModelMetadataResponse> metadata = call(
                GRPCInferenceServiceGrpc.getModelMetadataMethod(),
                ModelMetadataRequest.newBuilder()
                        .setName(model.name())
                        .setVersion(model.version())
                        .build(),
                config.deadline(),
                what,
                Function.identity());
        return Chain.then(metadata, found -> {
            ModelRef resolved = ModelMessages.resolve(model, found);
            return call(
                    GRPCInferenceServiceGrpc.getModelConfigMethod(),
                    ModelConfigRequest.newBuilder()
                            .setName(resolved.name())
                            .setVersion(resolved.version())
                            .build(),
                    config.deadline(),
                    what,
                    response -> ModelMessages.description(server(), resolved, found, response.getConfig()));
        });
    }

    @Override
    public CompletableFuture<Inference> infer(ModelRef model, Map<String, Tensor> inputs, List<String> outputs) {
        ModelInferRequest request = ModelMessages.inferRequest(model, inputs, outputs);
        if (request.getSerializedSize() > config.maxMessageBytes()) {
            return CompletableFuture.failedFuture(new InferenceRejectedException(
                    "inference with model " + model + " at " + server() + ": expected a request of at most "
                            + config.maxMessageBytes() + " bytes, found " + request.getSerializedSize()));
        }
        return call(
                GRPCInferenceServiceGrpc.getModelInferMethod(),
                request,
                config.deadline(),
                "inference with model " + model,
                ModelMessages::inference);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <Q, R, T> CompletableFuture<T> call(
            MethodDescriptor<Q, R> method, Q request, Duration deadline, String what, Function<R, T> decode) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ClientCall<Q, R> call = channel.newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS));
        ClientCalls.asyncUnaryCall(call, request, new StreamObserver<>() {
            @Override
            public void onNext(R response) {
                try {
                    result.complete(decode.apply(response));
                } catch (IllegalArgumentException e) {
                    result.completeExceptionally(
                            new InferenceRejectedException(what + " at " + server() + ": " + e.getMessage(), e));
                }
            }

            @Override
            public void onError(Throwable failure) {
                InferenceException mapped = StatusMapping.toException(failure, what, server());
                if (mapped instanceof InferenceUnavailableException) {
                    reconnectSoon();
                }
                result.completeExceptionally(mapped);
            }

            @Override
            public void onCompleted() {
                if (!result.isDone()) {
                    result.completeExceptionally(new InferenceRejectedException(
                            what + " at " + server() + ": expected a response, found none"));
                }
            }
        });
        Chain.onCancel(result, () -> call.cancel("no longer wanted", null));
        return result;
    }

    /**
     * gRPC waits up to two minutes between tries to connect, and fails calls meanwhile. How long to wait is the caller's
     * decision here, so a failed call also asks for a connection now, within measure.
     */
    private void reconnectSoon() {
        long last = lastReconnect.get();
        long now = System.nanoTime();
        if (now - last >= RECONNECT_INTERVAL.toNanos() && lastReconnect.compareAndSet(last, now)) {
            channel.resetConnectBackoff();
        }
    }

    private static CompletableFuture<Boolean> answerOrFalse(CompletableFuture<Boolean> answer) {
        return Chain.orElse(answer, InferenceException.class, false);
    }
}
