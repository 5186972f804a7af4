/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.embedder;

import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.client.TensorSpec;
import io.synthray.inference.tensor.ElementType;
import io.synthray.inference.tensor.Shape;
import java.util.List;

/**
 * A model that keeps the embedder's contract: input {@code image} FP32 [B,1,H,W] in 0..1 with H and W free, output {@code
 * embedding} FP32 [B,D], perhaps others beside it; parameter {@code weights_sha256}.
 *
 * @param ref name and version
 * @param dimension D, numbers of a vector
 * @param weightsSha256 SHA-256 of the weights, 64 lower-case hexadecimal digits
 */
public record EmbedderModel(ModelRef ref, int dimension, String weightsSha256) {
    static final String IMAGE = "image";
    static final String EMBEDDING = "embedding";
    private static final String WEIGHTS_SHA256 = ModelDescription.WEIGHTS_SHA256;
    private static final int MOST_DIMENSIONS = 65_536;

    /**
     * Reads an embedder from its server's description.
     *
     * @throws InferenceRejectedException if the model breaks the contract, naming the tensor or parameter, what was expected and
     *     what was found
     */
    public static EmbedderModel of(ModelDescription description) {
        requireAlone(description);
        Shape image = tensor(description, "input", description.inputs(), IMAGE, "[B,1,H,W] with H and W of any size");
        Shape embedding = tensor(description, "output", description.outputs(), EMBEDDING, "[B,D]");
        boolean free = image.rank() == 4 && image.dim(1) == 1 && image.dim(2) == Shape.ANY && image.dim(3) == Shape.ANY;
        if (!free) {
            throw broken(description, "input 'image'", "FP32 [B,1,H,W] with H and W of any size", "FP32 " + image);
        }
        boolean fixed = embedding.rank() == 2 && embedding.dim(1) >= 1 && embedding.dim(1) <= MOST_DIMENSIONS;
        if (!fixed) {
            throw broken(
                    description,
                    "output 'embedding'",
                    "FP32 [B,D] with D from 1 to " + MOST_DIMENSIONS,
                    "FP32 " + embedding);
        }
        return new EmbedderModel(description.model(), (int) embedding.dim(1), weights(description));
    }

    /** What made an embedding, as events carry it: {@code name@version:SHA-256 of its weights}. */
    public String identity() {
        return identity(ref, weightsSha256);
    }

    static String identity(ModelRef ref, String weightsSha256) {
        return "%s@%s:%s".formatted(ref.name(), ref.version(), weightsSha256);
    }

    private static Shape tensor(
            ModelDescription description, String kind, List<TensorSpec> tensors, String name, String contract) {
        String what = kind + " '" + name + "'";
        String expected = ElementType.FP32 + " " + contract;
        TensorSpec found = tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> broken(description, what, expected, "only " + names(tensors)));
        if (!found.datatype().equals(ElementType.FP32.name())) {
            throw broken(description, what, expected, found.datatype() + " " + found.shape());
        }
        return found.shape();
    }

    private static void requireAlone(ModelDescription description) {
        List<String> inputs = names(description.inputs());
        if (!inputs.equals(List.of(IMAGE))) {
            throw broken(description, "inputs", "'" + IMAGE + "' alone", inputs.toString());
        }
    }

    private static List<String> names(List<TensorSpec> tensors) {
        return tensors.stream().map(TensorSpec::name).toList();
    }

    private static String weights(ModelDescription description) {
        return description
                .parameter(WEIGHTS_SHA256)
                .filter(text -> text.matches("[0-9a-f]{64}"))
                .orElseThrow(() -> broken(
                        description,
                        "parameter '" + WEIGHTS_SHA256 + "'",
                        "64 lower-case hexadecimal digits",
                        description
                                .parameter(WEIGHTS_SHA256)
                                .map(text -> "'" + text + "'")
                                .orElse("none")));
    }

    private static InferenceRejectedException broken(
            ModelDescription description, String what, String expected, String found) {
        return new InferenceRejectedException("model " + description.model() + " at " + description.server()
                + " is no embedder: " + what + ": expected " + expected + ", found " + found);
    }
}
