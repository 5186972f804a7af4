/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import com.google.protobuf.TextFormat;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.proto.DataType;
import io.synthray.inference.proto.ModelConfig;
import io.synthray.inference.proto.ModelInput;
import io.synthray.inference.proto.ModelOutput;
import io.synthray.inference.proto.ModelParameter;
import io.synthray.inference.proto.ModelVersionPolicy;
import io.synthray.inference.tensor.ElementType;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.Shape;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model's {@code config.pbtxt}, read and checked. Fields of Triton's configuration that mean nothing here are passed over.
 *
 * @param config the configuration as read, with the model's name filled in
 * @param inputs inputs in the file's order
 * @param outputs outputs in the file's order
 */
record ModelSettings(ModelConfig config, List<ModelTensor> inputs, List<ModelTensor> outputs) {

    private static final TextFormat.Parser PARSER =
            TextFormat.Parser.newBuilder().setAllowUnknownFields(true).build();

    static ModelSettings read(Path file, String folder) {
        ModelConfig.Builder config = ModelConfig.newBuilder();
        try {
            PARSER.merge(Files.readString(file), config);
        } catch (TextFormat.ParseException e) {
            throw new StartupException(file + ": expected a model configuration, found " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new StartupException(file + ": expected a model configuration, found bytes that are not UTF-8", e);
        } catch (IOException e) {
            throw new StartupException(file + ": cannot be read: " + e, e);
        }
        if (config.getName().isEmpty()) {
            config.setName(folder);
        }
        if (!config.getName().equals(folder)) {
            throw new StartupException(
                    file + ": name: expected the folder's name '" + folder + "', found '" + config.getName() + "'");
        }
        return of(file, config.build());
    }

    private static ModelSettings of(Path file, ModelConfig config) {
        if (config.getMaxBatchSize() < 0) {
            throw new StartupException(
                    file + ": max_batch_size: expected 0 or more, found " + config.getMaxBatchSize());
        }
        boolean batches = config.getMaxBatchSize() > 0;
        List<ModelTensor> inputs = new ArrayList<>();
        for (ModelInput input : config.getInputList()) {
            inputs.add(tensor(
                    file, input.getName(), input.getDataType(), input.getDimsList(), batches, input.getOptional()));
        }
        List<ModelTensor> outputs = new ArrayList<>();
        for (ModelOutput output : config.getOutputList()) {
            outputs.add(tensor(file, output.getName(), output.getDataType(), output.getDimsList(), batches, false));
        }
        requireNames(file, "input", inputs);
        requireNames(file, "output", outputs);
        return new ModelSettings(config, List.copyOf(inputs), List.copyOf(outputs));
    }

    private static ModelTensor tensor(
            Path file, String name, DataType dataType, List<Long> dims, boolean batches, boolean optional) {
        ElementType type = ElementType.configured(dataType)
                .orElseThrow(() -> new StartupException(file + ": tensor '" + name
                        + "': data_type: expected FP32, UINT8, INT32, INT64 or STRING, found " + dataType));
        List<Long> sizes = new ArrayList<>(dims);
        if (batches) {
            sizes.add(0, Shape.ANY);
        }
        try {
            return new ModelTensor(name, type, new Shape(sizes), optional);
        } catch (MalformedTensorException e) {
            throw new StartupException(file + ": tensor '" + name + "': dims: " + e.getMessage(), e);
        }
    }

    private static void requireNames(Path file, String kind, List<ModelTensor> tensors) {
        Set<String> names = new HashSet<>();
        for (ModelTensor tensor : tensors) {
            if (tensor.name().isEmpty() || !names.add(tensor.name())) {
                throw new StartupException(
                        file + ": " + kind + ": expected different names, found '" + tensor.name() + "' again");
            }
        }
        if (tensors.isEmpty()) {
            throw new StartupException(file + ": " + kind + ": expected at least one, found none");
        }
    }

    /** A parameter of one version: {@code NAME.VERSION} where the configuration has it, else {@code NAME}. */
    Optional<String> parameter(String name, String version) {
        return Stream.of(name + "." + version, name)
                .filter(config::containsParameters)
                .map(key -> config.getParametersOrThrow(key).getStringValue())
                .findFirst();
    }

    /** The configuration with the hash of the weights that were really loaded. */
    ModelConfig reported(String version, String weightsSha256) {
        return config.toBuilder()
                .removeParameters(ModelDescription.WEIGHTS_SHA256 + "." + version)
                .putParameters(
                        ModelDescription.WEIGHTS_SHA256,
                        ModelParameter.newBuilder()
                                .setStringValue(weightsSha256)
                                .build())
                .build();
    }

    /** Those of the versions at hand that the policy wants served; without a policy, the highest. */
    List<Long> served(List<Long> available) {
        ModelVersionPolicy policy = config.getVersionPolicy();
        return switch (policy.getPolicyChoiceCase()) {
            case ALL -> available;
            case SPECIFIC ->
                available.stream()
                        .filter(policy.getSpecific().getVersionsList()::contains)
                        .toList();
            case LATEST, POLICYCHOICE_NOT_SET -> {
                int count = Math.max(1, policy.getLatest().getNumVersions());
                yield available.subList(Math.max(0, available.size() - count), available.size());
            }
        };
    }
}
