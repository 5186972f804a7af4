/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import com.google.protobuf.ByteString;
import io.synthray.inference.proto.InferTensorContents;
import java.util.Arrays;

/**
 * Unsigned bytes, 0 to 255, held in Java's signed ones.
 *
 * @param shape concrete sizes
 * @param values elements, row-major; {@code Byte.toUnsignedInt} gives the number meant
 */
public record ByteTensor(Shape shape, byte[] values) implements Tensor {

    /**
     * Checks the count.
     *
     * @throws MalformedTensorException if there are not as many values as the shape has elements
     */
    public ByteTensor {
        MalformedTensorException.requireCount(ElementType.UINT8, shape, values.length);
    }

    static ByteTensor decode(Shape shape, ByteString raw) {
        MalformedTensorException.requireBytes(ElementType.UINT8, shape, 1, raw.size());
        return new ByteTensor(shape, raw.toByteArray());
    }

    static ByteTensor decode(Shape shape, InferTensorContents contents) {
        MalformedTensorException.requireCount(ElementType.UINT8, shape, contents.getUintContentsCount());
        byte[] values = new byte[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            int value = contents.getUintContents(i);
            if (value < 0 || value > 255) {
                throw new MalformedTensorException("expected elements of 0 to 255 for UINT8 " + shape + ", found "
                        + Integer.toUnsignedString(value));
            }
            values[i] = (byte) value;
        }
        return new ByteTensor(shape, values);
    }

    @Override
    public ElementType type() {
        return ElementType.UINT8;
    }

    @Override
    public ByteString encode() {
        return ByteString.copyFrom(values);
    }

    @Override
    public ByteTensor sample(int index) {
        Shape one = shape.withLeading(1);
        int size = one.elements();
        return new ByteTensor(one, Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteTensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return ElementType.UINT8 + " " + shape;
    }
}
