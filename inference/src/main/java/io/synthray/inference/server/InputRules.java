/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import io.synthray.inference.embedder.Embedder;
import io.synthray.inference.sampler.SampleValues;
import io.synthray.inference.sampler.Vocabulary;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/** What the values of a model's inputs have to be, by the contract that its tensors' names tell. */
@FunctionalInterface
interface InputRules {

    /**
     * Checks one input, whose type and shape are right.
     *
     * @throws MalformedTensorException saying what was expected and what was found
     */
    void require(String input, Tensor tensor);

    /** The rules of a model: a sampler's, an embedder's or, for another one, none. */
    static InputRules of(ModelSettings settings, String version) {
        if (ContractCheck.isSampler(settings)) {
            Optional<String> words = settings.parameter("vocabulary", version);
            return new SampleValues(words.map(Vocabulary::parse))::require;
        }
        if (ContractCheck.isEmbedder(settings)) {
            return (input, tensor) -> {
                if (tensor instanceof FloatTensor image) {
                    Embedder.requireImage(image);
                }
            };
        }
        return (input, tensor) -> {};
    }

    /**
     * Checks all inputs.
     *
     * @throws MalformedTensorException naming the tensor, what was expected and what was found
     */
    default void requireAll(Map<String, Tensor> inputs) {
        inputs.forEach((name, tensor) -> {
            try {
                require(name, tensor);
            } catch (MalformedTensorException e) {
                throw new MalformedTensorException("input '" + name + "': " + e.getMessage());
            }
        });
    }
}
