/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.synthray.inference.sampler.SampleValues;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds the parameters of a sampler and of an embedder, which their tensors' names tell, against what would be run. */
final class ContractCheck {

    /** What Triton's embedder does around a graph, and this server does not, where it leaves the image and the vector as they are. */
    private static final Map<String, String> AS_THEY_ARE = new TreeMap<>(Map.of(
            "side", "0",
            "channels", "1",
            "mean", "0",
            "std", "1",
            "pooling", "none",
            "factor", "1",
            "input", "image",
            "output", "embedding"));

    private ContractCheck() {}

    /** Whether the tensors are an embedder's. */
    static boolean isEmbedder(ModelSettings settings) {
        return inputs(settings).equals(Set.of("image"))
                && settings.outputs().stream().anyMatch(tensor -> tensor.name().equals("embedding"));
    }

    /** Whether the tensors are a sampler's. */
    static boolean isSampler(ModelSettings settings) {
        return inputs(settings).equals(SampleValues.INPUTS);
    }

    private static Set<String> inputs(ModelSettings settings) {
        return settings.inputs().stream().map(ModelTensor::name).collect(Collectors.toSet());
    }

    /**
     * A parameter that asks for what is not done to an embedder's images and vectors, in words; empty if there is none. With it, other
     * features would go under the model's name.
     */
    static String unmetParameter(ModelSettings settings, String version) {
        if (!isEmbedder(settings)) {
            return "";
        }
        return AS_THEY_ARE.entrySet().stream()
                .filter(entry -> !settings.parameter(entry.getKey(), version)
                        .orElse(entry.getValue())
                        .equals(entry.getValue()))
                .map(entry ->
                        "parameter %s: expected '%s' or none, as this server runs an embedder's graph alone, found '%s'"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue(),
                                        settings.parameter(entry.getKey(), version)
                                                .orElseThrow()))
                .findFirst()
                .orElse("");
    }

    /** Where a sampler's parameters contradict its graph, in words; empty if they agree. */
    static String contradiction(ByteBuffer graph, ModelSettings settings, String version)
            throws InvalidProtocolBufferException {
        return isSampler(settings) ? SamplerGraph.read(graph).contradiction(settings, version) : "";
    }
}
