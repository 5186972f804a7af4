/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.synthray.inference.tensor.Tensor;
import java.util.Map;

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
}
