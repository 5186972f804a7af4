/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import com.google.protobuf.ByteString;
import io.synthray.inference.proto.InferParameter;
import io.synthray.inference.proto.ModelConfig;
import io.synthray.inference.proto.ModelInferRequest;
import io.synthray.inference.proto.ModelInferRequest.InferInputTensor;
import io.synthray.inference.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.synthray.inference.proto.ModelInferResponse;
import io.synthray.inference.proto.ModelInferResponse.InferOutputTensor;
import io.synthray.inference.proto.ModelMetadataResponse;
import io.synthray.inference.proto.ModelMetadataResponse.TensorMetadata;
import io.synthray.inference.tensor.ElementType;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.Tensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Domain types to protocol messages and back. */
final class ModelMessages {

    private ModelMessages() {}

    static ModelRef resolve(ModelRef asked, ModelMetadataResponse metadata) {
        if (!asked.version().isEmpty()) {
            return asked;
        }
        return metadata.getVersionsList().stream()
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .map(version -> new ModelRef(asked.name(), version))
                .orElse(asked);
    }

    static ModelDescription description(
            String server, ModelRef model, ModelMetadataResponse metadata, ModelConfig config) {
        return new ModelDescription(
                server,
                model,
                metadata.getPlatform(),
                config.getMaxBatchSize(),
                specs(metadata.getInputsList()),
                specs(metadata.getOutputsList()),
                config.getParametersMap().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().getStringValue())));
    }

    private static List<TensorSpec> specs(List<TensorMetadata> tensors) {
        return tensors.stream()
                .map(tensor -> new TensorSpec(tensor.getName(), tensor.getDatatype(), new Shape(tensor.getShapeList())))
                .toList();
    }

    static ModelInferRequest inferRequest(ModelRef model, Map<String, Tensor> inputs, List<String> outputs) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(model.name()).setModelVersion(model.version());
        inputs.forEach((name, tensor) -> request.addInputs(InferInputTensor.newBuilder()
                        .setName(name)
                        .setDatatype(tensor.type().name())
                        .addAllShape(tensor.shape().dims()))
                .addRawInputContents(tensor.encode()));
        outputs.forEach(name ->
                request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(name)));
        return request.build();
    }

    static Inference inference(ModelInferResponse response) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (int i = 0; i < response.getOutputsCount(); i++) {
            outputs.put(response.getOutputs(i).getName(), output(response, i));
        }
        return new Inference(
                new ModelRef(response.getModelName(), response.getModelVersion()),
                outputs,
                response.getParametersMap().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue()))));
    }

    private static Tensor output(ModelInferResponse response, int index) {
        InferOutputTensor output = response.getOutputs(index);
        try {
            ElementType type = ElementType.named(output.getDatatype())
                    .orElseThrow(() -> new MalformedTensorException(
                            "expected a datatype that Synthray reads, found '" + output.getDatatype() + "'"));
            Shape shape = new Shape(output.getShapeList());
            return output.hasContents()
                    ? type.decode(shape, output.getContents())
                    : type.decode(shape, raw(response, index));
        } catch (MalformedTensorException e) {
            throw new MalformedTensorException("output '" + output.getName() + "': " + e.getMessage());
        }
    }

    private static ByteString raw(ModelInferResponse response, int index) {
        return index < response.getRawOutputContentsCount() ? response.getRawOutputContents(index) : ByteString.EMPTY;
    }

    private static String text(InferParameter parameter) {
        return switch (parameter.getParameterChoiceCase()) {
            case BOOL_PARAM -> String.valueOf(parameter.getBoolParam());
            case INT64_PARAM -> String.valueOf(parameter.getInt64Param());
            case STRING_PARAM -> parameter.getStringParam();
            case DOUBLE_PARAM -> String.valueOf(parameter.getDoubleParam());
            case UINT64_PARAM -> Long.toUnsignedString(parameter.getUint64Param());
            case PARAMETERCHOICE_NOT_SET -> "";
        };
    }
}
