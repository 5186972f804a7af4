/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.synthray.inference.tensor.StringTensor;
import io.synthray.inference.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * What came back of one inference.
 *
 * @param model the model and the version that made the outputs
 * @param outputs outputs by name
 * @param parameters parameters of the response as text, by name
 */
public record Inference(ModelRef model, Map<String, Tensor> outputs, Map<String, String> parameters) {

    /** Copies the maps. */
    public Inference {
        outputs = Map.copyOf(outputs);
        parameters = Map.copyOf(parameters);
    }

    /**
     * SHA-256 of the weights that made the outputs, where the server tells: in a parameter {@code weights_sha256} of the response
     * or, as Triton's Python backend has none, in an output of that name, BYTES [B,1].
     */
    public Optional<String> weightsSha256() {
        if (parameters.containsKey(ModelDescription.WEIGHTS_SHA256)) {
            return Optional.of(parameters.get(ModelDescription.WEIGHTS_SHA256));
        }
        return outputs.get(ModelDescription.WEIGHTS_SHA256) instanceof StringTensor texts
                ? texts.values().stream().findFirst()
                : Optional.empty();
    }

    /**
     * Requires that the weights that were looked up made the outputs, where the server tells: a connection outlives its server, and another
     * one may answer under the same name.
     *
     * @param expected SHA-256 of the weights that were looked up
     * @param what what came back, with model and server, for the message
     * @throws InferenceUnavailableException if others made the outputs
     */
    public void requireWeights(String expected, String what) {
        String found = weightsSha256().orElse(expected);
        if (!found.equals(expected)) {
            throw new InferenceUnavailableException(
                    "%s: expected one by weights of SHA-256 %s as before, found one by %s"
                            .formatted(what, expected, found),
                    null);
        }
    }
}
