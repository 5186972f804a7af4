/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import com.google.protobuf.ByteString;
import io.synthray.inference.proto.DataType;
import io.synthray.inference.proto.InferTensorContents;
import java.util.Optional;
import java.util.function.BiFunction;

/** The element types that Synthray's models use. A constant's name is the type's name on the wire. */
public enum ElementType {
    /** 32-bit floating point. */
    FP32(DataType.TYPE_FP32, FloatTensor::decode, FloatTensor::decode),
    /** Unsigned bytes. */
    UINT8(DataType.TYPE_UINT8, ByteTensor::decode, ByteTensor::decode),
    /** Signed 32-bit integers. */
    INT32(DataType.TYPE_INT32, IntTensor::decode, IntTensor::decode),
    /** Signed 64-bit integers. */
    INT64(DataType.TYPE_INT64, LongTensor::decode, LongTensor::decode),
    /** Byte strings, here always UTF-8 text. */
    BYTES(DataType.TYPE_STRING, StringTensor::decode, StringTensor::decode);

    private final DataType configured;
    private final BiFunction<Shape, ByteString, Tensor> raw;
    private final BiFunction<Shape, InferTensorContents, Tensor> typed;

    ElementType(
            DataType configured,
            BiFunction<Shape, ByteString, Tensor> raw,
            BiFunction<Shape, InferTensorContents, Tensor> typed) {
        this.configured = configured;
        this.raw = raw;
        this.typed = typed;
    }

    /** The type of this name on the wire, if it is one of these. */
    public static Optional<ElementType> named(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type that a model configuration means, if it is one of these. */
    public static Optional<ElementType> configured(DataType configured) {
        for (ElementType type : values()) {
            if (type.configured == configured) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a tensor from raw contents.
     *
     * @throws MalformedTensorException if the bytes do not fill the shape exactly, or a text is not UTF-8
     */
    public Tensor decode(Shape shape, ByteString contents) {
        return raw.apply(shape, contents);
    }

    /**
     * Reads a tensor from typed contents.
     *
     * @throws MalformedTensorException if the field of this type does not fill the shape exactly
     */
    public Tensor decode(Shape shape, InferTensorContents contents) {
        return typed.apply(shape, contents);
    }
}
