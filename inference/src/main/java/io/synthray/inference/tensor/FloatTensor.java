/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.synthray.inference.proto.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Single-precision floating-point numbers, equal where their bits are.
 *
 * @param shape concrete sizes
 * @param values elements, row-major
 */
public record FloatTensor(Shape shape, float[] values) implements Tensor {

    /**
     * Checks the count.
     *
     * @throws MalformedTensorException if there are not as many values as the shape has elements
     */
    public FloatTensor {
        MalformedTensorException.requireCount(ElementType.FP32, shape, values.length);
    }

    static FloatTensor decode(Shape shape, ByteString raw) {
        MalformedTensorException.requireBytes(ElementType.FP32, shape, Float.BYTES, raw.size());
        float[] values = new float[shape.elements()];
        raw.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new FloatTensor(shape, values);
    }

    static FloatTensor decode(Shape shape, InferTensorContents contents) {
        MalformedTensorException.requireCount(ElementType.FP32, shape, contents.getFp32ContentsCount());
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = contents.getFp32Contents(i);
        }
        return new FloatTensor(shape, values);
    }

    @Override
    public ElementType type() {
        return ElementType.FP32;
    }

    @Override
    public ByteString encode() {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(raw);
    }

    @Override
    public FloatTensor sample(int index) {
        Shape one = shape.withLeading(1);
        int size = one.elements();
        return new FloatTensor(one, Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return ElementType.FP32 + " " + shape;
    }
}
