package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.FileDigest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Bytes that grow. Numbers take as few bytes as they need; a name that comes again takes one or two. */
public final class ByteWriter {
    static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Bits by which a name moves on as others follow. */
    private static final int STEP = 3;

    /** Bytes up to which guessing names would cost more than it saves. */
    private static final int SHORT = 128;

    private byte[] bytes = new byte[256];
    private int size;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    /**
     * Numbers of the names that came last after the same three. Names come in the same order again and again, and comparing one costs less than
     * hashing it. A wrong guess is found out.
     */
    private char[] guesses;

    private int lastThree;

    /** What has been written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The lowest eight bits. */
    public void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Any number; small ones, also below 0, are short. */
    public void number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        room(10);
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Eight bytes, every bit kept. */
    public void real(double value) {
        bits(Double.doubleToRawLongBits(value));
    }

    private void bits(long bits) {
        room(8);
        BIG_ENDIAN.set(bytes, size, bits);
        size += 8;
    }

    /** Bytes or null. */
    public void block(byte[] block) {
        number(block == null ? -1 : block.length);
        if (block != null) {
            room(block.length);
            System.arraycopy(block, 0, bytes, size, block.length);
            size += block.length;
        }
    }

    /** A text or null. */
    public void text(String text) {
        block(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text, or null, that is likely to come again. */
    public void name(String name) {
        if (size < SHORT) {
            numbered(name);
            return;
        }
        if (guesses == null) {
            guesses = new char[1 << (3 * STEP)];
        }
        int number = guesses[lastThree];
        if (number < names.size() && Objects.equals(names.get(number), name)) {
            number(number);
        } else {
            number = numbered(name);
            guesses[lastThree] = (char) number;
        }
        lastThree = ((lastThree << STEP) ^ number) & (guesses.length - 1);
    }

    private int numbered(String name) {
        Integer known = numbers.putIfAbsent(name, names.size());
        if (known != null) {
            number(known);
            return known;
        }
        number(-1);
        text(name);
        names.add(name);
        return names.size() - 1;
    }

    /** A digest or null. */
    public void digest(FileDigest digest) {
        if (digest == null) {
            octet(0);
            text(null);
            return;
        }
        octet(1);
        bits(digest.first());
        bits(digest.second());
        bits(digest.third());
        bits(digest.fourth());
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
