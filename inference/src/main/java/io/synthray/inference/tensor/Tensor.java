/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import com.google.protobuf.ByteString;

/**
 * Elements of one type in a row-major array of a concrete shape.
 *
 * <p>For speed the arrays inside are not copied: whoever makes a tensor hands its array over, and whoever reads one leaves
 * it as it is.
 */
public sealed interface Tensor permits FloatTensor, ByteTensor, IntTensor, LongTensor, StringTensor {

    /** The sizes of the dimensions, all known. */
    Shape shape();

    /** The type of the elements. */
    ElementType type();

    /** The raw form of the protocol: elements row-major and little-endian, strings each behind a four-byte length. */
    ByteString encode();

    /**
     * One sample of a batch, as a batch of one.
     *
     * @param index from 0 to the outermost size, exclusive
     */
    Tensor sample(int index);
}
