/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server says of one version of a model.
 *
 * @param server the server's address, for messages
 * @param model name and version, always with a version
 * @param platform framework or backend, for the record only
 * @param maxBatchSize the largest batch; 0 if the model takes no batches
 * @param inputs inputs, in the server's order
 * @param outputs outputs, in the server's order
 * @param parameters the free parameters of the model's configuration
 */
public record ModelDescription(
        String server,
        ModelRef model,
        String platform,
        int maxBatchSize,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, String> parameters) {

    /** The parameter, of configurations and of responses, and the output if there is one, with the hash of a model's weights. */
    public static final String WEIGHTS_SHA256 = "weights_sha256";

    /** Copies the collections. */
    public ModelDescription {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parameters = Map.copyOf(parameters);
    }

    /** The outputs to ask for to get one of them: with it the hash of the weights that made it, where the model has it as an output. */
    public List<String> asking(String output) {
        boolean tells = outputs.stream().anyMatch(tensor -> tensor.name().equals(WEIGHTS_SHA256));
        return tells ? List.of(output, WEIGHTS_SHA256) : List.of(output);
    }

    /** A parameter of this version: {@code NAME.VERSION} where the configuration has it, else {@code NAME}. */
    public Optional<String> parameter(String name) {
        String general = parameters.get(name);
        return Optional.ofNullable(parameters.getOrDefault(name + "." + model.version(), general));
    }
}
