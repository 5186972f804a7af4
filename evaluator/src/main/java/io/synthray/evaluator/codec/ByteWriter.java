package io.synthray.evaluator.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Bytes that grow. Numbers take as few bytes as they need; a name that comes again takes one or two. */
public final class ByteWriter {
    private static final HexFormat HEX = HexFormat.of();
    private static final int[] VALUES = values();
    static final int DIGEST_DIGITS = 64;

    private byte[] bytes = new byte[256];
    private int size;
    private final Map<String, Integer> names = new HashMap<>();
    /** What stood around the last digest: most often the same, and a known object has its hash at hand. */
    private String before;

    private String behind;

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
        long bits = Double.doubleToRawLongBits(value);
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (bits >>> shift);
        }
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
        Integer known = names.putIfAbsent(name, names.size());
        if (known == null) {
            number(-1);
            text(name);
        } else {
            number(known);
        }
    }

    /**
     * A text, or null, that is most often a SHA-256 in hexadecimal digits.
     *
     * @return whether it is
     */
    public boolean digest(String text) {
        room(1 + DIGEST_DIGITS / 2);
        if (text != null && text.length() == DIGEST_DIGITS) {
            int valid = 0;
            for (int i = 0; i < DIGEST_DIGITS; i += 2) {
                int octet = VALUES[text.charAt(i) & 0x7f] << 4 | VALUES[text.charAt(i + 1) & 0x7f];
                valid |= octet | text.charAt(i) >>> 7 << 8 | text.charAt(i + 1) >>> 7 << 8;
                bytes[size + 1 + i / 2] = (byte) octet;
            }
            if (valid >>> 8 == 0) {
                bytes[size] = 1;
                size += 1 + DIGEST_DIGITS / 2;
                return true;
            }
        }
        octet(0);
        text(text);
        return false;
    }

    /**
     * A text, or null, that most often has a digest in it.
     *
     * @param digest null where there is none
     */
    public void around(String text, String digest) {
        int at = text == null || digest == null ? -1 : text.indexOf(digest);
        if (at < 0) {
            octet(0);
            text(text);
            return;
        }
        octet(1);
        int after = text.length() - at - digest.length();
        if (before == null || before.length() != at || !text.startsWith(before)) {
            before = text.substring(0, at);
        }
        if (behind == null || behind.length() != after || !text.endsWith(behind)) {
            behind = text.substring(at + digest.length());
        }
        name(before);
        name(behind);
    }

    private static int[] values() {
        // What is no lower-case digit sets a bit that no octet has.
        int[] values = new int[128];
        Arrays.fill(values, 1 << 8);
        for (int value = 0; value < 16; value++) {
            values[Character.forDigit(value, 16)] = value;
        }
        return values;
    }

    static String hex(byte[] bytes, int from) {
        return HEX.formatHex(bytes, from, from + DIGEST_DIGITS / 2);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
