/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.synthray.inference.proto.InferTensorContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Raw and typed contents to tensors and back. */
class TensorTest {

    @Property(tries = 200)
    void floatsSurviveBothForms(@ForAll float[] values) {
        FloatTensor tensor = new FloatTensor(Shape.of(values.length), values);
        InferTensorContents.Builder typed = InferTensorContents.newBuilder();
        for (float value : values) {
            typed.addFp32Contents(value);
        }
        survives(tensor, typed);
    }

    @Property(tries = 200)
    void bytesSurviveBothForms(@ForAll byte[] values) {
        InferTensorContents.Builder typed = InferTensorContents.newBuilder();
        for (byte value : values) {
            typed.addUintContents(Byte.toUnsignedInt(value));
        }
        survives(new ByteTensor(Shape.of(values.length), values), typed);
    }

    @Property(tries = 200)
    void intsSurviveBothForms(@ForAll int[] values) {
        InferTensorContents.Builder typed = InferTensorContents.newBuilder();
        for (int value : values) {
            typed.addIntContents(value);
        }
        survives(new IntTensor(Shape.of(values.length), values), typed);
    }

    @Property(tries = 200)
    void longsSurviveBothForms(@ForAll long[] values) {
        InferTensorContents.Builder typed = InferTensorContents.newBuilder();
        for (long value : values) {
            typed.addInt64Contents(value);
        }
        survives(new LongTensor(Shape.of(values.length), values), typed);
    }

    @Property(tries = 200)
    void textsSurviveBothForms(@ForAll("texts") List<String> values) {
        InferTensorContents.Builder typed = InferTensorContents.newBuilder();
        values.forEach(value -> typed.addBytesContents(ByteString.copyFromUtf8(value)));
        survives(new StringTensor(Shape.of(values.size()), values), typed);
    }

    @Property(tries = 100)
    void samplesInARowAreTheBatch(
            @ForAll @IntRange(min = 1, max = 5) int batch, @ForAll @IntRange(max = 6) int size, @ForAll long seed) {
        long[] numbers = new Random(seed).longs((long) batch * size).toArray();
        int[] ints = new int[numbers.length];
        float[] floats = new float[numbers.length];
        byte[] bytes = new byte[numbers.length];
        String[] texts = new String[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            ints[i] = (int) numbers[i];
            floats[i] = numbers[i];
            bytes[i] = (byte) numbers[i];
            texts[i] = Long.toString(numbers[i]);
        }
        Shape shape = Shape.of(batch, size);
        for (Tensor tensor : List.of(
                new LongTensor(shape, numbers),
                new IntTensor(shape, ints),
                new FloatTensor(shape, floats),
                new ByteTensor(shape, bytes),
                new StringTensor(shape, List.of(texts)))) {
            ByteString row = IntStream.range(0, batch)
                    .mapToObj(tensor::sample)
                    .peek(sample -> assertEquals(Shape.of(1, size), sample.shape()))
                    .map(Tensor::encode)
                    .reduce(ByteString.EMPTY, ByteString::concat);
            assertEquals(tensor.encode(), row);
        }
    }

    @Property(tries = 500)
    void anyBytesDecodeOrAreRefusedInWords(@ForAll byte[] raw, @ForAll @IntRange(max = 9) int size) {
        Shape shape = Shape.of(size);
        for (ElementType type : ElementType.values()) {
            try {
                assertEquals(
                        ByteString.copyFrom(raw),
                        type.decode(shape, ByteString.copyFrom(raw)).encode());
            } catch (MalformedTensorException e) {
                assertTrue(
                        e.getMessage().matches("expected .* " + type + " \\[" + size + "], found .*"), e.getMessage());
            }
        }
    }

    @Example
    void rawFormIsLittleEndianWithLengthsBeforeTexts() {
        raw(new FloatTensor(Shape.of(1), new float[] {1}), 0, 0, 0x80, 0x3f);
        raw(new IntTensor(Shape.of(1), new int[] {-2}), 0xfe, 0xff, 0xff, 0xff);
        raw(new LongTensor(Shape.of(1), new long[] {258}), 2, 1, 0, 0, 0, 0, 0, 0);
        raw(new ByteTensor(Shape.of(2), new byte[] {1, (byte) 255}), 1, 255);
        raw(new StringTensor(Shape.of(2), List.of("é", "")), 2, 0, 0, 0, 0xc3, 0xa9, 0, 0, 0, 0);
    }

    @Example
    void floatsAreComparedByTheirBits() {
        FloatTensor nan = new FloatTensor(Shape.of(1), new float[] {Float.NaN});
        assertEquals(nan, new FloatTensor(Shape.of(1), new float[] {Float.NaN}));
        assertEquals(nan.hashCode(), new FloatTensor(Shape.of(1), new float[] {Float.NaN}).hashCode());
        assertTrue(!new FloatTensor(Shape.of(1), new float[] {0f})
                .equals(new FloatTensor(Shape.of(1), new float[] {-0f})));
    }

    @Example
    void countsThatDoNotFillTheShapeAreRefused() {
        refused("expected 4 elements for FP32 [2,2], found 3", () -> new FloatTensor(Shape.of(2, 2), new float[3]));
        refused("expected 1 elements for UINT8 [], found 0", () -> new ByteTensor(Shape.of(), new byte[0]));
        refused("expected 0 elements for BYTES [0], found 1", () -> new StringTensor(Shape.of(0), List.of("a")));
        refused(
                "expected 8 bytes for INT64 [1], found 4",
                () -> ElementType.INT64.decode(Shape.of(1), bytes(1, 2, 3, 4)));
        refused(
                "expected 16 bytes for FP32 [4], found 0",
                () -> ElementType.FP32.decode(Shape.of(4), ByteString.EMPTY));
        refused(
                "expected 2 elements for INT32 [2], found 1",
                () -> ElementType.INT32.decode(
                        Shape.of(2),
                        InferTensorContents.newBuilder().addIntContents(1).build()));
        refused(
                "expected 1 elements for INT64 [1], found 0",
                () -> ElementType.INT64.decode(
                        Shape.of(1),
                        InferTensorContents.newBuilder().addIntContents(1).build()));
        refused(
                "expected 8589934588 bytes for INT32 [2147483647], found 0",
                () -> ElementType.INT32.decode(Shape.of(Integer.MAX_VALUE), ByteString.EMPTY));
    }

    @Example
    void numbersThatAreNoByteAreRefused() {
        for (int wrong : new int[] {256, -1}) {
            refused(
                    "expected elements of 0 to 255 for UINT8 [1], found " + Integer.toUnsignedString(wrong),
                    () -> ElementType.UINT8.decode(
                            Shape.of(1),
                            InferTensorContents.newBuilder()
                                    .addUintContents(wrong)
                                    .build()));
        }
    }

    @Example
    void brokenTextsAreRefused() {
        refused(
                "expected a four-byte length at byte 0 of BYTES [1], found 3 bytes",
                () -> ElementType.BYTES.decode(Shape.of(1), bytes(0, 0, 0)));
        refused(
                "expected 5 bytes at byte 4 of BYTES [1], found 1",
                () -> ElementType.BYTES.decode(Shape.of(1), bytes(5, 0, 0, 0, 65)));
        refused(
                "expected 4294967295 bytes at byte 4 of BYTES [1], found 1",
                () -> ElementType.BYTES.decode(Shape.of(1), bytes(255, 255, 255, 255, 65)));
        refused(
                "expected 1 elements for BYTES [1], found more",
                () -> ElementType.BYTES.decode(Shape.of(1), bytes(0, 0, 0, 0, 0, 0, 0, 0)));
        refused(
                "expected UTF-8 for element 1 of BYTES [2], found other bytes",
                () -> ElementType.BYTES.decode(Shape.of(2), bytes(0, 0, 0, 0, 1, 0, 0, 0, 0xff)));
        refused(
                "expected UTF-8 for element 0 of BYTES [1], found other bytes",
                () -> ElementType.BYTES.decode(
                        Shape.of(1),
                        InferTensorContents.newBuilder()
                                .addBytesContents(bytes(0xc0, 0x80))
                                .build()));
    }

    @Example
    void typesAreFoundByTheirWireName() {
        for (ElementType type : ElementType.values()) {
            assertEquals(type, ElementType.named(type.name()).orElseThrow());
        }
        assertTrue(ElementType.named("FP64").isEmpty());
        assertTrue(ElementType.named("fp32").isEmpty());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(12)
                // A lone surrogate is no text: UTF-8 has no form for it.
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .list()
                .ofMaxSize(6);
    }

    private static void survives(Tensor tensor, InferTensorContents.Builder typed) {
        assertEquals(tensor, tensor.type().decode(tensor.shape(), tensor.encode()));
        assertEquals(tensor, tensor.type().decode(tensor.shape(), typed.build()));
    }

    private static void raw(Tensor tensor, int... expected) {
        assertArrayEquals(bytes(expected).toByteArray(), tensor.encode().toByteArray());
    }

    private static void refused(String message, Runnable act) {
        assertEquals(
                message, assertThrows(MalformedTensorException.class, act::run).getMessage());
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }
}
