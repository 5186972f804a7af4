/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import com.google.protobuf.ByteString;
import io.synthray.inference.proto.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts; on the wire UTF-8 in elements of type BYTES.
 *
 * @param shape concrete sizes
 * @param values elements, row-major
 */
public record StringTensor(Shape shape, List<String> values) implements Tensor {

    /**
     * Checks the count.
     *
     * @throws MalformedTensorException if there are not as many values as the shape has elements
     */
    public StringTensor {
        values = List.copyOf(values);
        MalformedTensorException.requireCount(ElementType.BYTES, shape, values.size());
    }

    static StringTensor decode(Shape shape, ByteString raw) {
        int count = shape.elements();
        List<String> values = new ArrayList<>();
        int position = 0;
        while (position < raw.size()) {
            if (raw.size() - position < Integer.BYTES) {
                throw new MalformedTensorException("expected a four-byte length at byte " + position + " of BYTES "
                        + shape + ", found " + (raw.size() - position) + " bytes");
            }
            int length = raw.substring(position, position + Integer.BYTES)
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            position += Integer.BYTES;
            if (length < 0 || length > raw.size() - position) {
                throw new MalformedTensorException("expected " + Integer.toUnsignedString(length) + " bytes at byte "
                        + position + " of BYTES " + shape + ", found " + (raw.size() - position));
            }
            values.add(text(shape, values.size(), raw.substring(position, position + length)));
            position += length;
            if (values.size() > count) {
                throw new MalformedTensorException(
                        "expected " + count + " elements for BYTES " + shape + ", found more");
            }
        }
        return new StringTensor(shape, values);
    }

    static StringTensor decode(Shape shape, InferTensorContents contents) {
        MalformedTensorException.requireCount(ElementType.BYTES, shape, contents.getBytesContentsCount());
        List<String> values = new ArrayList<>();
        for (ByteString value : contents.getBytesContentsList()) {
            values.add(text(shape, values.size(), value));
        }
        return new StringTensor(shape, values);
    }

    private static String text(Shape shape, int index, ByteString bytes) {
        if (!bytes.isValidUtf8()) {
            throw new MalformedTensorException(
                    "expected UTF-8 for element " + index + " of BYTES " + shape + ", found other bytes");
        }
        return bytes.toStringUtf8();
    }

    @Override
    public ElementType type() {
        return ElementType.BYTES;
    }

    @Override
    public ByteString encode() {
        ByteString.Output raw = ByteString.newOutput();
        for (String value : values) {
            ByteString bytes = ByteString.copyFromUtf8(value);
            byte[] length = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(bytes.size())
                    .array();
            raw.write(length, 0, length.length);
            byte[] text = bytes.toByteArray();
            raw.write(text, 0, text.length);
        }
        return raw.toByteString();
    }

    @Override
    public StringTensor sample(int index) {
        Shape one = shape.withLeading(1);
        int size = one.elements();
        return new StringTensor(one, values.subList(index * size, (index + 1) * size));
    }

    @Override
    public String toString() {
        return ElementType.BYTES + " " + shape;
    }
}
