/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.embedder;

import io.synthray.inference.client.Chain;
import io.synthray.inference.client.Inference;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Embeds images with one version of a model, one image a call. */
public final class Embedder {
    private final InferenceClient client;
    private final EmbedderModel model;
    private final List<String> outputs;

    private Embedder(InferenceClient client, EmbedderModel model, List<String> outputs) {
        this.client = client;
        this.model = model;
        this.outputs = outputs;
    }

    /**
     * Looks a model up and checks that it keeps the contract. The version and the weights found then stay the embedder's.
     *
     * @param client reaches the server; remains the caller's to close
     * @param model the model; without a version, its newest
     * @return fails with {@link InferenceRejectedException} if the model is unknown or breaks the contract
     */
    public static CompletableFuture<Embedder> connect(InferenceClient client, ModelRef model) {
        return Chain.map(
                client.describe(model),
                description -> new Embedder(
                        client, EmbedderModel.of(description), description.asking(EmbedderModel.EMBEDDING)));
    }

    /** The model that embeds. */
    public EmbedderModel model() {
        return model;
    }

    /**
     * Embeds one image.
     *
     * @param pixels {@code side * side} grey levels in 0..1, row-major
     * @return fails with {@link InferenceRejectedException} if the image does not suit or the server refuses it, and with {@link
     *     InferenceUnavailableException} if it may succeed later, for instance as the server has come back with other weights
     */
    public CompletableFuture<Embedding> embed(float[] pixels, int side) {
        FloatTensor image;
        try {
            image = new FloatTensor(Shape.of(1, 1, side, side), pixels);
            requireImage(image);
        } catch (MalformedTensorException e) {
            return CompletableFuture.failedFuture(unsuitable("input 'image': " + e.getMessage()));
        }
        return Chain.map(client.infer(model.ref(), Map.of(EmbedderModel.IMAGE, image), outputs), this::embedding);
    }

    /**
     * Checks the values of an embedder's input, whose type and shape are right.
     *
     * @throws MalformedTensorException saying what was expected and what was found; the caller names the tensor
     */
    public static void requireImage(FloatTensor image) {
        for (float value : image.values()) {
            if (!(value >= 0 && value <= 1)) {
                throw new MalformedTensorException("expected 0 to 1, found " + value);
            }
        }
    }

    private Embedding embedding(Inference inference) {
        inference.requireWeights(model.weightsSha256(), what());
        Shape expected = Shape.of(1, model.dimension());
        if (!(inference.outputs().get(EmbedderModel.EMBEDDING) instanceof FloatTensor embedding)
                || !embedding.shape().equals(expected)) {
            throw unsuitable("output 'embedding': expected FP32 " + expected + ", found "
                    + inference.outputs().get(EmbedderModel.EMBEDDING));
        }
        for (float value : embedding.values()) {
            if (!Float.isFinite(value)) {
                throw unsuitable("output 'embedding': expected finite numbers, found " + value);
            }
        }
        return new Embedding(
                embedding.values(),
                inference.model().version().isEmpty() ? model.ref() : inference.model(),
                model.weightsSha256());
    }

    private InferenceRejectedException unsuitable(String fault) {
        return new InferenceRejectedException(what() + ": " + fault);
    }

    private String what() {
        return "embedding by model " + model.ref() + " at " + client.server();
    }
}
