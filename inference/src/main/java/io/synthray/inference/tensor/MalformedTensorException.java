/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

/** A shape and its elements, or a tensor and its wire form, do not belong together. The message says what was expected and found. */
public class MalformedTensorException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** With a message that names what was expected and what was found. */
    public MalformedTensorException(String message) {
        super(message);
    }

    static void requireCount(ElementType type, Shape shape, int found) {
        if (shape.elements() != found) {
            throw new MalformedTensorException(
                    "expected " + shape.elements() + " elements for " + type + " " + shape + ", found " + found);
        }
    }

    static void requireBytes(ElementType type, Shape shape, int bytesPerElement, int found) {
        long expected = (long) shape.elements() * bytesPerElement;
        if (expected != found) {
            throw new MalformedTensorException(
                    "expected " + expected + " bytes for " + type + " " + shape + ", found " + found);
        }
    }
}
