/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import io.synthray.inference.proto.ModelInferRequest;
import io.synthray.inference.proto.ModelInferRequest.InferInputTensor;
import io.synthray.inference.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.StringTensor;
import io.synthray.inference.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * An inference request that suits its model.
 *
 * @param inputs tensors by name; their batches have the same size
 * @param outputs names of the wanted outputs
 */
record InferRequest(Map<String, Tensor> inputs, Set<String> outputs) {

    /**
     * Reads and checks a request.
     *
     * @throws MalformedTensorException naming the tensor, what was expected and what was found
     */
    static InferRequest read(ModelInferRequest message, OnnxModel model) {
        int raw = message.getRawInputContentsCount();
        if (raw != 0 && raw != message.getInputsCount()) {
            throw new MalformedTensorException("raw_input_contents: expected one for each of "
                    + message.getInputsCount() + " inputs, or none, found " + raw);
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (int i = 0; i < message.getInputsCount(); i++) {
            String name = message.getInputs(i).getName();
            try {
                if (inputs.put(name, input(message, i, model)) != null) {
                    throw new MalformedTensorException("expected once, found twice");
                }
            } catch (MalformedTensorException e) {
                throw new MalformedTensorException("input '" + name + "': " + e.getMessage());
            }
        }
        for (ModelTensor tensor : model.inputs()) {
            if (!tensor.optional() && !inputs.containsKey(tensor.name())) {
                throw new MalformedTensorException("input '" + tensor.name() + "': expected " + tensor.type() + " "
                        + tensor.shape() + ", found none");
            }
        }
        requireOneBatch(inputs, model);
        model.rules().requireAll(inputs);
        return new InferRequest(inputs, outputs(message, model));
    }

    private static Tensor input(ModelInferRequest message, int index, OnnxModel model) {
        InferInputTensor input = message.getInputs(index);
        ModelTensor expected = model.inputs().stream()
                .filter(tensor -> tensor.name().equals(input.getName()))
                .findFirst()
                .orElseThrow(() -> new MalformedTensorException("expected one of "
                        + model.inputs().stream().map(ModelTensor::name).toList() + ", found this"));
        Shape shape = new Shape(input.getShapeList());
        boolean suits = expected.type().name().equals(input.getDatatype())
                && shape.isConcrete()
                && expected.shape().accepts(shape);
        if (!suits) {
            throw new MalformedTensorException("expected " + expected.type() + " " + expected.shape() + ", found "
                    + (input.getDatatype().isEmpty() ? "no datatype" : input.getDatatype()) + " " + shape);
        }
        if (message.getRawInputContentsCount() == 0) {
            return text(expected.type().decode(shape, input.getContents()));
        }
        if (input.hasContents()) {
            throw new MalformedTensorException("expected raw or typed contents, found both");
        }
        return text(expected.type().decode(shape, message.getRawInputContents(index)));
    }

    /** ONNX Runtime's Java binding hands strings on in the JVM's own encoding, which differs from UTF-8 for NUL. */
    private static Tensor text(Tensor tensor) {
        if (tensor instanceof StringTensor strings
                && strings.values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw new MalformedTensorException("expected text without NUL characters, found one");
        }
        return tensor;
    }

    private static void requireOneBatch(Map<String, Tensor> inputs, OnnxModel model) {
        if (model.maxBatchSize() == 0) {
            return;
        }
        Map<String, Long> sizes = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> sizes.put(name, tensor.shape().dim(0)));
        boolean alike = Set.copyOf(sizes.values()).size() == 1;
        if (!alike || sizes.values().stream().anyMatch(size -> size < 1 || size > model.maxBatchSize())) {
            throw new MalformedTensorException(
                    "batch: expected one size from 1 to " + model.maxBatchSize() + " for all inputs, found " + sizes);
        }
    }

    private static Set<String> outputs(ModelInferRequest message, OnnxModel model) {
        Set<String> known = new LinkedHashSet<>();
        model.outputs().forEach(tensor -> known.add(tensor.name()));
        if (message.getOutputsCount() == 0) {
            return known;
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (InferRequestedOutputTensor output : message.getOutputsList()) {
            if (!known.contains(output.getName())) {
                throw new MalformedTensorException(
                        "output '" + output.getName() + "': expected one of " + known + ", found this");
            }
            wanted.add(output.getName());
        }
        return wanted;
    }
}
