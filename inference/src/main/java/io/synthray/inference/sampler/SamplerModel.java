/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.ModelRef;
import java.util.List;

/**
 * A model that keeps the sampler's contract: inputs {@code noise} FP32 [B,C,h,w], {@code prompt} and {@code
 * negative_prompt} BYTES [B,1], {@code mask} UINT8 [B,K,H,W], {@code guidance} FP32 [B,2]; output {@code image} FP32
 * [B,1,H,W] in 0..1, with H = W; parameters {@code structures}, {@code steps} and {@code weights_sha256}.
 *
 * @param ref name and version
 * @param channels C, channels of the latent noise
 * @param latentHeight h, rows of the latent noise
 * @param latentWidth w, columns of the latent noise
 * @param structures names of the K mask planes, in their order
 * @param side H and W, the side of masks and image, in pixels
 * @param steps sampling steps of this model version
 * @param weightsSha256 SHA-256 of the weights, 64 lower-case hexadecimal digits
 * @param values what the values of its inputs have to be
 */
public record SamplerModel(
        ModelRef ref,
        int channels,
        int latentHeight,
        int latentWidth,
        List<String> structures,
        int side,
        int steps,
        String weightsSha256,
        SampleValues values) {

    /** Copies the names. */
    public SamplerModel {
        structures = List.copyOf(structures);
    }

    /**
     * Reads a sampler from its server's description.
     *
     * @throws io.synthray.inference.client.InferenceRejectedException if the model breaks the contract, naming the tensor or
     *     parameter, what was expected and what was found
     */
    public static SamplerModel of(ModelDescription description) {
        return new SamplerContract(description).read();
    }

    /** How many numbers of noise an image takes: C x h x w. */
    public int noiseLength() {
        return channels * latentHeight * latentWidth;
    }

    /** How many bytes a mask takes: K x H x W. */
    public int maskLength() {
        return structures.size() * side * side;
    }

    /** How many pixels an image has: H x W. */
    public int imageLength() {
        return side * side;
    }
}
