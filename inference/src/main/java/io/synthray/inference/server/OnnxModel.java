/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.proto.ModelConfig;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One version of a model, loaded and ready. */
final class OnnxModel implements AutoCloseable {
    private final String version;
    private final ModelSettings settings;
    private final String weightsSha256;
    private final OnnxGraph graph;
    private final InputRules rules;

    private OnnxModel(String version, ModelSettings settings, String weightsSha256, OnnxGraph graph) {
        this.version = version;
        this.settings = settings;
        this.weightsSha256 = weightsSha256;
        this.graph = graph;
        this.rules = InputRules.of(settings, version);
    }

    /**
     * Loads a version. The bytes that are hashed are those that are loaded; a graph that keeps weights in files beside it
     * is refused by ONNX Runtime, as the hash would not cover them.
     *
     * @throws StartupException if the file is no ONNX graph, or not the one that the configuration describes or has the hash of
     */
    static OnnxModel load(Path file, String version, ModelSettings settings) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            String hash = sha256(bytes.duplicate());
            requireWeights(file, settings.parameter(ModelDescription.WEIGHTS_SHA256, version), hash);
            requireNone(file, ContractCheck.unmetParameter(settings, version));
            OnnxGraph graph = new OnnxGraph(bytes);
            try {
                requireNone(file, graph.contradiction(settings));
                requireNone(file, ContractCheck.contradiction(bytes.duplicate(), settings, version));
            } catch (IOException | RuntimeException e) {
                graph.close();
                throw e;
            }
            return new OnnxModel(version, settings, hash, graph);
        } catch (IOException e) {
            throw new StartupException(file + ": cannot be read: " + e, e);
        } catch (OrtException e) {
            throw new StartupException(file + ": expected an ONNX graph, found " + oneLine(e), e);
        }
    }

    private static void requireNone(Path file, String fault) {
        if (!fault.isEmpty()) {
            throw new StartupException(file + ": " + fault);
        }
    }

    /** Weights with a flaw would draw all the same, so that the configuration's hash decides. */
    private static void requireWeights(Path file, Optional<String> expected, String found) {
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new StartupException(file + ": expected weights of SHA-256 " + expected.get() + ", found " + found);
        }
    }

    String name() {
        return settings.config().getName();
    }

    String version() {
        return version;
    }

    List<ModelTensor> inputs() {
        return settings.inputs();
    }

    List<ModelTensor> outputs() {
        return settings.outputs();
    }

    int maxBatchSize() {
        return settings.config().getMaxBatchSize();
    }

    InputRules rules() {
        return rules;
    }

    String weightsSha256() {
        return weightsSha256;
    }

    /** The configuration as served, with the true hash of the weights. */
    ModelConfig config() {
        return settings.reported(version, weightsSha256);
    }

    /**
     * Executes a request, each sample of a batch by itself.
     *
     * @throws InferenceFailedException if ONNX Runtime fails, or gives an output other than the configuration says
     */
    Map<String, Output> infer(Map<String, Tensor> inputs, Set<String> wanted) {
        if (maxBatchSize() == 0) {
            return join(List.of(run(inputs, wanted)), wanted);
        }
        long samples = inputs.values().iterator().next().shape().dim(0);
        List<Map<String, Tensor>> results = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            Map<String, Tensor> sample = new LinkedHashMap<>();
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                sample.put(
                        input.getKey(),
                        samples == 1 ? input.getValue() : input.getValue().sample(i));
            }
            results.add(run(sample, wanted));
        }
        return join(results, wanted);
    }

    private Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> wanted) {
        try {
            return graph.run(inputs, wanted);
        } catch (OrtException e) {
            throw new InferenceFailedException("model " + name() + "/" + version + ": " + oneLine(e), e);
        }
    }

    /** Samples are row-major with the batch outermost, so a batch's contents are those of its samples in a row. */
    private Map<String, Output> join(List<Map<String, Tensor>> results, Set<String> wanted) {
        Map<String, Output> joined = new LinkedHashMap<>();
        for (ModelTensor tensor : outputs()) {
            if (wanted.contains(tensor.name())) {
                joined.put(tensor.name(), join(tensor, results));
            }
        }
        return joined;
    }

    private Output join(ModelTensor tensor, List<Map<String, Tensor>> results) {
        Shape shape = results.get(0).get(tensor.name()).shape();
        ByteString contents = ByteString.EMPTY;
        for (Map<String, Tensor> result : results) {
            Tensor part = result.get(tensor.name());
            if (!tensor.shape().accepts(part.shape()) || !part.shape().equals(shape)) {
                throw new InferenceFailedException(
                        "model " + name() + "/" + version + ": output '" + tensor.name() + "': expected "
                                + tensor.shape() + " alike for all samples, found " + part.shape(),
                        null);
            }
            contents = contents.concat(part.encode());
        }
        return new Output(tensor, maxBatchSize() == 0 ? shape : shape.withLeading(results.size()), contents);
    }

    @Override
    public void close() {
        try {
            graph.close();
        } catch (OrtException e) {
            throw new IllegalStateException("model " + name() + "/" + version + " cannot be closed", e);
        }
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String oneLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("an unnamed error");
    }

    /**
     * An output of a request.
     *
     * @param tensor what the configuration says of it
     * @param shape concrete sizes, the batch's included
     * @param contents raw contents
     */
    record Output(ModelTensor tensor, Shape shape, ByteString contents) {}
}
