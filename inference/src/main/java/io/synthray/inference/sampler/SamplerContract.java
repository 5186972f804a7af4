/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.TensorSpec;
import io.synthray.inference.tensor.ElementType;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a model's description against the sampler's contract, tensor by tensor. */
final class SamplerContract {

    static final String NOISE = "noise";
    static final String PROMPT = "prompt";
    static final String NEGATIVE_PROMPT = "negative_prompt";
    static final String MASK = "mask";
    static final String GUIDANCE = "guidance";
    static final String IMAGE = "image";
    private static final String WEIGHTS_SHA256 = ModelDescription.WEIGHTS_SHA256;
    private static final String STRUCTURES = "structures";
    private static final String STEPS = "steps";
    static final String VOCABULARY = "vocabulary";

    private final ModelDescription description;

    SamplerContract(ModelDescription description) {
        this.description = description;
    }

    SamplerModel read() {
        Shape noise = tensor("input", description.inputs(), NOISE, ElementType.FP32, "[B,C,h,w]");
        Shape prompt = tensor("input", description.inputs(), PROMPT, ElementType.BYTES, "[B,1]");
        Shape negative = tensor("input", description.inputs(), NEGATIVE_PROMPT, ElementType.BYTES, "[B,1]");
        Shape mask = tensor("input", description.inputs(), MASK, ElementType.UINT8, "[B,K,H,W]");
        Shape guidance = tensor("input", description.inputs(), GUIDANCE, ElementType.FP32, "[B,2]");
        Shape image = tensor("output", description.outputs(), IMAGE, ElementType.FP32, "[B,1,H,W]");
        refuseOtherInputs();
        fixed(PROMPT, "[B,1]", prompt, 1, 1);
        fixed(NEGATIVE_PROMPT, "[B,1]", negative, 1, 1);
        fixed(GUIDANCE, "[B,2]", guidance, 1, 2);
        fixed(IMAGE, "[B,1,H,W]", image, 1, 1);
        fixed(IMAGE, "[B,1,H,W] with H = W", image, 3, image.dim(2));
        fixed(MASK, "[B,K,H,W] with H of the image", mask, 2, image.dim(2));
        fixed(MASK, "[B,K,H,W] with W of the image", mask, 3, image.dim(3));
        List<String> structures = structures((int) mask.dim(1));
        return new SamplerModel(
                description.model(),
                (int) noise.dim(1),
                (int) noise.dim(2),
                (int) noise.dim(3),
                structures,
                (int) image.dim(2),
                steps(),
                weights(),
                SampleValues.of(description));
    }

    private Shape tensor(String kind, List<TensorSpec> tensors, String name, ElementType type, String contract) {
        String what = kind + " '" + name + "'";
        TensorSpec found = tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> broken(
                        what,
                        type + " " + contract,
                        "only "
                                + tensors.stream()
                                        .map(tensor -> "'" + tensor.name() + "'")
                                        .collect(Collectors.joining(", "))));
        Shape shape = found.shape();
        boolean sized = shape.rank() == contract.split(",", -1).length
                && (shape.dim(0) == Shape.ANY || shape.dim(0) == 1)
                && shape.dims().stream().skip(1).allMatch(size -> size >= 1)
                && fitsAnArray(shape.withLeading(1));
        if (!found.datatype().equals(type.name()) || !sized) {
            throw broken(what, type + " " + contract, found.datatype() + " " + shape);
        }
        return shape;
    }

    private static boolean fitsAnArray(Shape sample) {
        try {
            return sample.elements() > 0;
        } catch (MalformedTensorException e) {
            return false;
        }
    }

    private void fixed(String tensor, String contract, Shape shape, int dim, long expected) {
        if (shape.dim(dim) != expected) {
            throw broken(
                    "tensor '" + tensor + "'", contract + ", here " + expected + " as size " + (dim + 1), "" + shape);
        }
    }

    private void refuseOtherInputs() {
        for (TensorSpec input : description.inputs()) {
            if (!SampleValues.INPUTS.contains(input.name())) {
                throw broken(
                        "inputs",
                        "no others than "
                                + SampleValues.INPUTS.stream().sorted().toList(),
                        "'" + input.name() + "'");
            }
        }
    }

    private List<String> structures(int count) {
        String text = parameter(STRUCTURES, "the names of the " + count + " mask planes, comma separated");
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (names.size() != count || names.contains("") || Set.copyOf(names).size() != count) {
            throw broken("parameter '" + STRUCTURES + "'", count + " different names", "'" + text + "'");
        }
        return names;
    }

    private int steps() {
        String text = parameter(STEPS, "a whole number from 1 to 1000");
        if (!text.matches("[1-9][0-9]{0,2}|1000")) {
            throw broken("parameter '" + STEPS + "'", "a whole number from 1 to 1000", "'" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private String weights() {
        String text = parameter(WEIGHTS_SHA256, "64 lower-case hexadecimal digits");
        if (!text.matches("[0-9a-f]{64}")) {
            throw broken("parameter '" + WEIGHTS_SHA256 + "'", "64 lower-case hexadecimal digits", "'" + text + "'");
        }
        return text;
    }

    private String parameter(String name, String expected) {
        return description.parameter(name).orElseThrow(() -> broken("parameter '" + name + "'", expected, "none"));
    }

    private InferenceRejectedException broken(String what, String expected, String found) {
        return new InferenceRejectedException("model " + description.model() + " at " + description.server()
                + " is no sampler: " + what + ": expected " + expected + ", found " + found);
    }
}
