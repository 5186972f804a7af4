/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import io.synthray.inference.client.Chain;
import io.synthray.inference.client.Inference;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.tensor.ByteTensor;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.StringTensor;
import io.synthray.inference.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Draws images with one version of a model. Every call sends one sample, so that an image depends on its request alone; many
 * calls may be open at once, and a server that gains from batches gathers them itself.
 */
public final class Sampler {

    private final InferenceClient client;
    private final SamplerModel model;
    private final List<String> outputs;

    private Sampler(InferenceClient client, SamplerModel model, List<String> outputs) {
        this.client = client;
        this.model = model;
        this.outputs = outputs;
    }

    /**
     * Looks a model up and checks that it keeps the contract. The version and the weights found then stay the sampler's.
     *
     * @param client reaches the server; remains the caller's to close
     * @param model the model; without a version, its newest
     * @return fails with {@link InferenceRejectedException} if the model is unknown or breaks the contract
     */
    public static CompletableFuture<Sampler> connect(InferenceClient client, ModelRef model) {
        return Chain.map(
                client.describe(model),
                description ->
                        new Sampler(client, SamplerModel.of(description), description.asking(SamplerContract.IMAGE)));
    }

    /** The model that draws. */
    public SamplerModel model() {
        return model;
    }

    /**
     * Draws one image.
     *
     * @return fails with {@link InferenceRejectedException} if the request does not suit the model or the server refuses it,
     *     and with {@link InferenceUnavailableException} if it may succeed later, for instance as the server has come back with
     *     other weights than those that were looked up
     */
    public CompletableFuture<SampledImage> sample(SampleRequest request) {
        Map<String, Tensor> inputs;
        try {
            inputs = inputs(request);
        } catch (InferenceRejectedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return Chain.map(client.infer(model.ref(), inputs, outputs), this::image);
    }

    private Map<String, Tensor> inputs(SampleRequest request) {
        requireLength(SamplerContract.NOISE, model.noiseLength(), request.noise().length);
        requireLength(SamplerContract.MASK, model.maskLength(), request.mask().length);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(
                SamplerContract.NOISE,
                new FloatTensor(
                        Shape.of(1, model.channels(), model.latentHeight(), model.latentWidth()), request.noise()));
        inputs.put(SamplerContract.PROMPT, new StringTensor(Shape.of(1, 1), List.of(request.prompt())));
        inputs.put(
                SamplerContract.NEGATIVE_PROMPT, new StringTensor(Shape.of(1, 1), List.of(request.negativePrompt())));
        inputs.put(
                SamplerContract.MASK,
                new ByteTensor(Shape.of(1, model.structures().size(), model.side(), model.side()), request.mask()));
        inputs.put(
                SamplerContract.GUIDANCE,
                new FloatTensor(Shape.of(1, 2), new float[] {request.textGuidance(), request.maskGuidance()}));
        inputs.forEach(this::requireValues);
        return inputs;
    }

    private void requireValues(String input, Tensor tensor) {
        try {
            model.values().require(input, tensor);
        } catch (MalformedTensorException e) {
            throw unsuitable("input '" + input + "': " + e.getMessage());
        }
    }

    private SampledImage image(Inference inference) {
        inference.requireWeights(model.weightsSha256(), what());
        Shape expected = Shape.of(1, 1, model.side(), model.side());
        if (!(inference.outputs().get(SamplerContract.IMAGE) instanceof FloatTensor image)
                || !image.shape().equals(expected)) {
            throw unsuitable(
                    "output 'image'",
                    "FP32 " + expected,
                    String.valueOf(inference.outputs().get(SamplerContract.IMAGE)));
        }
        for (float pixel : image.values()) {
            if (!(pixel >= 0 && pixel <= 1)) {
                throw unsuitable("output 'image'", "pixels from 0 to 1", String.valueOf(pixel));
            }
        }
        return new SampledImage(
                model.side(),
                image.values(),
                inference.model().version().isEmpty() ? model.ref() : inference.model(),
                model.weightsSha256());
    }

    private void requireLength(String tensor, int expected, int found) {
        if (expected != found) {
            throw unsuitable("input '" + tensor + "'", expected + " elements", String.valueOf(found));
        }
    }

    private InferenceRejectedException unsuitable(String what, String expected, String found) {
        return unsuitable(what + ": expected " + expected + ", found " + found);
    }

    private InferenceRejectedException unsuitable(String fault) {
        return new InferenceRejectedException(what() + ": " + fault);
    }

    private String what() {
        return "sample of model " + model.ref() + " at " + client.server();
    }
}
