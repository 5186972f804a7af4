/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void countsElements() {
        assertEquals(24, Shape.of(2, 3, 4).elements());
        assertEquals(1, Shape.of().elements());
        assertEquals(0, Shape.of(5, 0).elements());
        assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).elements());
    }

    @Test
    void refusesCountsThatNoArrayHolds() {
        refuses(
                Shape.of(Long.MAX_VALUE, 2),
                "expected at most 2147483647 elements, found shape [9223372036854775807,2]");
        refuses(Shape.of(65536, 65536), "expected at most 2147483647 elements, found shape [65536,65536]");
        refuses(Shape.of(-1, 3), "expected a size for every dimension, found shape [-1,3]");
    }

    @Test
    void refusesNegativeSizes() {
        assertEquals(
                "expected sizes of 0 or more, found shape [1,-2]",
                assertThrows(MalformedTensorException.class, () -> Shape.of(1, -2))
                        .getMessage());
    }

    @Test
    void acceptsTheSameSizesAndAnySizeWhereNoneIsFixed() {
        Shape shape = Shape.of(Shape.ANY, 1, 64);
        assertTrue(shape.accepts(Shape.of(7, 1, 64)));
        assertFalse(shape.accepts(Shape.of(7, 2, 64)));
        assertFalse(shape.accepts(Shape.of(7, 1)));
        assertFalse(shape.isConcrete());
        assertEquals(Shape.of(3, 1, 64), shape.withLeading(3));
    }

    private static void refuses(Shape shape, String message) {
        assertEquals(
                message,
                assertThrows(MalformedTensorException.class, shape::elements).getMessage());
    }
}
