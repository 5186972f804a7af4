package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.FileDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link ByteWriter} wrote. */
public final class ByteReader {
    private final byte[] bytes;
    private int at;
    private final List<String> names = new ArrayList<>();

    /** What is read from the beginning on; not copied. */
    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether anything is left. */
    public boolean hasMore() {
        return at < bytes.length;
    }

    /** A byte, 0..255. */
    public int octet() {
        return bytes[at++] & 0xff;
    }

    /** A number. */
    public long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    /** A number that fits an int. */
    public int integer() {
        return Math.toIntExact(number());
    }

    /** A number with every bit. */
    public double real() {
        return Double.longBitsToDouble(bits());
    }

    private long bits() {
        at += 8;
        return (long) ByteWriter.BIG_ENDIAN.get(bytes, at - 8);
    }

    /** Bytes or null. */
    public byte[] block() {
        int length = integer();
        if (length < 0) {
            return null;
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** A text or null. */
    public String text() {
        int length = integer();
        if (length < 0) {
            return null;
        }
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** A text, or null, that may have come before. */
    public String name() {
        int known = integer();
        if (known >= 0) {
            return names.get(known);
        }
        String name = text();
        names.add(name);
        return name;
    }

    /** A digest or null. */
    public FileDigest digest() {
        if (octet() == 0) {
            text();
            return null;
        }
        return new FileDigest(bits(), bits(), bits(), bits());
    }
}
