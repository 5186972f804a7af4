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
 * Signed 32-bit integers.
 *
 * @param shape concrete sizes
 * @param values elements, row-major
 */
public record IntTensor(Shape shape, int[] values) implements Tensor {

    /**
     * Checks the count.
     *
     * @throws MalformedTensorException if there are not as many values as the shape has elements
     */
    public IntTensor {
        MalformedTensorException.requireCount(ElementType.INT32, shape, values.length);
    }

    static IntTensor decode(Shape shape, ByteString raw) {
        MalformedTensorException.requireBytes(ElementType.INT32, shape, Integer.BYTES, raw.size());
        int[] values = new int[shape.elements()];
        raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return new IntTensor(shape, values);
    }

    static IntTensor decode(Shape shape, InferTensorContents contents) {
        MalformedTensorException.requireCount(ElementType.INT32, shape, contents.getIntContentsCount());
        int[] values = new int[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = contents.getIntContents(i);
        }
        return new IntTensor(shape, values);
    }

    @Override
    public ElementType type() {
        return ElementType.INT32;
    }

    @Override
    public ByteString encode() {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(raw);
    }

    @Override
    public IntTensor sample(int index) {
        Shape one = shape.withLeading(1);
        int size = one.elements();
        return new IntTensor(one, Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntTensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return ElementType.INT32 + " " + shape;
    }
}
