/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.synthray.inference.tensor.ByteTensor;
import io.synthray.inference.tensor.ElementType;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.IntTensor;
import io.synthray.inference.tensor.LongTensor;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.StringTensor;
import io.synthray.inference.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A loaded ONNX graph. Each run uses the calling thread alone, so that sums are always made in the same order and the same
 * inputs give the same bytes; runs on several threads may go side by side.
 */
final class OnnxGraph implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /**
     * Loads a graph.
     *
     * @param bytes the whole ONNX file, in a direct buffer
     */
    OnnxGraph(ByteBuffer bytes) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setDeterministicCompute(true);
            // The arena never gives memory back; without it the server's size is that of the samples in work.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            session = environment.createSession(bytes, options);
        }
    }

    /** Where a model's configuration and its graph contradict each other, in words; empty if they agree. */
    String contradiction(ModelSettings settings) throws OrtException {
        String inputs = contradiction("input", settings.inputs(), session.getInputInfo());
        return inputs.isEmpty() ? contradiction("output", settings.outputs(), session.getOutputInfo()) : inputs;
    }

    private static String contradiction(String kind, List<ModelTensor> configured, Map<String, NodeInfo> graph) {
        for (ModelTensor tensor : configured) {
            NodeInfo node = graph.get(tensor.name());
            String expected = kind + " '" + tensor.name() + "': expected " + tensor.type() + " " + tensor.shape();
            if (node == null) {
                return expected + ", found only " + graph.keySet();
            }
            if (!(node.getInfo() instanceof TensorInfo info)
                    || info.type != javaType(tensor.type())
                    || !compatible(tensor.shape(), info.getShape())) {
                return expected + ", found " + node.getInfo();
            }
        }
        for (String name : graph.keySet()) {
            if (kind.equals("input")
                    && configured.stream().noneMatch(tensor -> tensor.name().equals(name))) {
                return "input '" + name + "': expected in the configuration, found in the graph only";
            }
        }
        return "";
    }

    private static boolean compatible(Shape configured, long[] graph) {
        if (configured.rank() != graph.length) {
            return false;
        }
        for (int i = 0; i < graph.length; i++) {
            boolean batchOfOne = i == 0 && graph[i] == 1;
            if (graph[i] != Shape.ANY && graph[i] != configured.dim(i) && !batchOfOne) {
                return false;
            }
        }
        return true;
    }

    /**
     * Runs the graph.
     *
     * @param inputs tensors by name
     * @param outputs names of the wanted outputs
     * @return outputs by name, in the order asked
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) throws OrtException {
        Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                feeds.put(input.getKey(), toOnnx(input.getValue()));
            }
            try (OrtSession.Result result = session.run(feeds, outputs)) {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                for (String name : outputs) {
                    tensors.put(name, fromOnnx(result.get(name).orElseThrow()));
                }
                return tensors;
            }
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private OnnxTensor toOnnx(Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().dims().stream().mapToLong(Long::longValue).toArray();
        if (tensor instanceof FloatTensor floats) {
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.values()), shape);
        } else if (tensor instanceof ByteTensor bytes) {
            return OnnxTensor.createTensor(environment, ByteBuffer.wrap(bytes.values()), shape, OnnxJavaType.UINT8);
        } else if (tensor instanceof IntTensor ints) {
            return OnnxTensor.createTensor(environment, IntBuffer.wrap(ints.values()), shape);
        } else if (tensor instanceof LongTensor longs) {
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(longs.values()), shape);
        } else if (tensor instanceof StringTensor strings) {
            return OnnxTensor.createTensor(environment, strings.values().toArray(new String[0]), shape);
        }
        throw new IllegalStateException("no ONNX form of " + tensor.type());
    }

    private static Tensor fromOnnx(OnnxValue value) throws OrtException {
        OnnxTensor tensor = (OnnxTensor) value;
        Shape shape = Shape.of(tensor.getInfo().getShape());
        return switch (elementType(tensor.getInfo().type)) {
            case FP32 -> new FloatTensor(shape, tensor.getFloatBuffer().array());
            case UINT8 -> {
                byte[] bytes = new byte[shape.elements()];
                tensor.getByteBuffer().get(bytes);
                yield new ByteTensor(shape, bytes);
            }
            case INT32 -> new IntTensor(shape, tensor.getIntBuffer().array());
            case INT64 -> new LongTensor(shape, tensor.getLongBuffer().array());
            case BYTES -> new StringTensor(shape, texts(tensor.getValue()));
        };
    }

    private static List<String> texts(Object nested) {
        if (nested instanceof Object[] array) {
            return List.of(array).stream()
                    .flatMap(inner -> texts(inner).stream())
                    .toList();
        }
        return List.of((String) nested);
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FP32 -> OnnxJavaType.FLOAT;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BYTES -> OnnxJavaType.STRING;
        };
    }

    private static ElementType elementType(OnnxJavaType type) {
        for (ElementType candidate : ElementType.values()) {
            if (javaType(candidate) == type) {
                return candidate;
            }
        }
        throw new IllegalStateException("no element type for " + type);
    }
}
