/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.synthray.inference.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asynchronous access to one inference server.
 *
 * <p>Futures complete on the client's own threads, so long work belongs on others. They fail with {@link
 * InferenceUnavailableException} or {@link InferenceRejectedException}; cancelling one cancels its call on the server.
 */
public interface InferenceClient extends AutoCloseable {

    /** Where the server is, as {@code host:port}. */
    String server();

    /** The server's own name and version, such as {@code triton 2.60.0}. */
    CompletableFuture<String> identity();

    /** Whether the server answers at all; false if it cannot be reached. */
    CompletableFuture<Boolean> isLive();

    /** Whether the server takes requests; false if it cannot be reached. */
    CompletableFuture<Boolean> isReady();

    /** Whether the model can infer; false if the server cannot be reached or does not know the model. */
    CompletableFuture<Boolean> isModelReady(ModelRef model);

    /** Describes a model. Without a version, that of the highest number the server offers. */
    CompletableFuture<ModelDescription> describe(ModelRef model);

    /**
     * Runs a model once.
     *
     * @param model which one; give a version if its outputs must be reproducible
     * @param inputs tensors by name
     * @param outputs names of the wanted outputs; empty for all
     */
    CompletableFuture<Inference> infer(ModelRef model, Map<String, Tensor> inputs, List<String> outputs);

    /** Ends open calls and connections. */
    @Override
    void close();
}
