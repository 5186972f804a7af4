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
 * Signed 64-bit integers.
 *
 * @param shape concrete sizes
 * @param values elements, row-major
 */
public record LongTensor(Shape shape, long[] values) implements Tensor {

    /**
     * Checks the count.
     *
     * @throws MalformedTensorException if there are not as many values as the shape has elements
     */
    public LongTensor {
        MalformedTensorException.requireCount(ElementType.INT64, shape, values.length);
    }

    static LongTensor decode(Shape shape, ByteString raw) {
        MalformedTensorException.requireBytes(ElementType.INT64, shape, Long.BYTES, raw.size());
        long[] values = new long[shape.elements()];
        raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
        return new LongTensor(shape, values);
    }

    static LongTensor decode(Shape shape, InferTensorContents contents) {
        MalformedTensorException.requireCount(ElementType.INT64, shape, contents.getInt64ContentsCount());
        long[] values = new long[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = contents.getInt64Contents(i);
        }
        return new LongTensor(shape, values);
    }

    @Override
    public ElementType type() {
        return ElementType.INT64;
    }

    @Override
    public ByteString encode() {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(raw);
    }

    @Override
    public LongTensor sample(int index) {
        Shape one = shape.withLeading(1);
        int size = one.elements();
        return new LongTensor(one, Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongTensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return ElementType.INT64 + " " + shape;
    }
}
