package io.synthray.evaluator.event;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * SHA-256 of a file, sixteen hexadecimal digits a number: a hundred thousand images are kept until their sets are frozen, and as text each would be
 * taken apart and put together again on every way.
 *
 * @param first digits 0..15
 * @param second digits 16..31
 * @param third digits 32..47
 * @param fourth digits 48..63
 */
public record FileDigest(long first, long second, long third, long fourth) {
    private static final int DIGITS = 64;
    private static final int PART = 16;
    private static final byte[] VALUES = values();
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Reads a digest.
     *
     * @param field for the message
     * @param text 64 hexadecimal digits
     * @throws IllegalArgumentException when it is no such text
     */
    public static FileDigest parse(String field, String text) {
        byte[] digits = text.getBytes(StandardCharsets.ISO_8859_1);
        if (digits.length != DIGITS || !isHexadecimal(digits)) {
            throw new IllegalArgumentException("%s: expected 64 hexadecimal digits, found '%s'".formatted(field, text));
        }
        return new FileDigest(part(digits, 0), part(digits, 1), part(digits, 2), part(digits, 3));
    }

    private static boolean isHexadecimal(byte[] digits) {
        int seen = 0;
        for (byte digit : digits) {
            seen |= VALUES[digit & 0xff];
        }
        return seen >= 0;
    }

    private static long part(byte[] digits, int number) {
        long part = 0;
        for (int i = number * PART; i < (number + 1) * PART; i++) {
            part = (part << 4) | VALUES[digits[i] & 0xff];
        }
        return part;
    }

    /** By character: 0..15, below 0 for what is no digit. */
    private static byte[] values() {
        byte[] values = new byte[256];
        for (int character = 0; character < values.length; character++) {
            values[character] = (byte) Character.digit(character < 128 ? (char) character : ' ', 16);
        }
        return values;
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(first) + HEX.toHexDigits(second) + HEX.toHexDigits(third) + HEX.toHexDigits(fourth);
    }
}
