package io.synthray.evaluator.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Bytes that grow. Numbers take as few bytes as they need; a name that comes again takes one or two. */
public final class ByteWriter {
    private static final HexFormat HEX = HexFormat.of();
    static final int DIGEST_DIGITS = 64;

    private byte[] bytes = new byte[256];
    private int size;
    private final Map<String, Integer> names = new HashMap<>();

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

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

    /** A text, or null, that is most often a SHA-256 in hexadecimal digits. */
    public void digest(String text) {
        if (!isDigest(text)) {
            octet(0);
            text(text);
            return;
        }
        octet(1);
        room(DIGEST_DIGITS / 2);
        for (int i = 0; i < DIGEST_DIGITS; i += 2) {
            bytes[size++] =
                    (byte) (HexFormat.fromHexDigit(text.charAt(i)) << 4 | HexFormat.fromHexDigit(text.charAt(i + 1)));
        }
    }

    /** A text that most often has this digest in it; or null. */
    public void around(String text, String digest) {
        int at = text == null || !isDigest(digest) ? -1 : text.indexOf(digest);
        if (at < 0) {
            octet(0);
            text(text);
        } else {
            octet(1);
            name(text.substring(0, at));
            name(text.substring(at + DIGEST_DIGITS));
        }
    }

    private static boolean isDigest(String text) {
        if (text == null || text.length() != DIGEST_DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGEST_DIGITS; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
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
