package io.synthray.imaging.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG, walked and checked before any decoder sees them, so that a damaged file is refused with a clear
 * message and cannot make the decoder allocate without bound.
 */
final class PngChunks {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int FRAME = 12;
    private static final Set<String> NEEDED_TO_DECODE = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    private final byte[] file;
    private final PngHeader header;

    PngChunks(byte[] file) {
        this.file = file;
        this.header = header(file);
    }

    /** Reads the header from a file's first {@link #HEADER_BYTES} bytes or more. */
    static PngHeader header(byte[] start) {
        if (start.length < SIGNATURE.length || !Arrays.equals(start, 0, 8, SIGNATURE, 0, 8)) {
            throw new ImageFormatException("expected a PNG file, found other content");
        }
        if (start.length < HEADER_BYTES || !"IHDR".equals(type(start, 8)) || intAt(start, 8) != 13) {
            throw new ImageFormatException("expected a PNG header chunk, found none");
        }
        return new PngHeader(intAt(start, 16), intAt(start, 20), start[24], start[25]);
    }

    static final int HEADER_BYTES = 33;

    PngHeader header() {
        return header;
    }

    /** The same PNG with only the chunks that pixels depend on. */
    byte[] pixelChunks() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(SIGNATURE, 0, SIGNATURE.length);
        forEach((type, at, length) -> {
            if (NEEDED_TO_DECODE.contains(type)) {
                kept.write(file, at - 8, length + FRAME);
            }
        });
        return kept.toByteArray();
    }

    /** Uncompressed texts (tEXt, iTXt) by keyword, in the file's order. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        forEach((type, at, length) -> {
            byte[] data = Arrays.copyOfRange(file, at, at + length);
            if (type.equals("tEXt")) {
                int end = zero(data, 0);
                texts.put(latin1(data, 0, end), latin1(data, Math.min(length, end + 1), length));
            } else if (type.equals("iTXt")) {
                int keyword = zero(data, 0);
                // Two bytes of compression settings, then language tag and translated keyword, each ended by a zero.
                int text = zero(data, zero(data, keyword + 3) + 1) + 1;
                if (text <= length && data[keyword + 1] == 0) {
                    texts.put(latin1(data, 0, keyword), new String(data, text, length - text, StandardCharsets.UTF_8));
                }
            }
        });
        return texts;
    }

    private interface Visitor {
        void chunk(String type, int dataStart, int length);
    }

    private void forEach(Visitor visitor) {
        int at = SIGNATURE.length;
        boolean ended = false;
        while (!ended) {
            if (at + FRAME > file.length) {
                throw new ImageFormatException(
                        "expected an IEND chunk, found the end of the file after " + at + " bytes");
            }
            int length = intAt(file, at);
            String type = type(file, at);
            if (length < 0 || length > file.length - at - FRAME) {
                throw new ImageFormatException(
                        "chunk at byte " + at + ": expected a length within the file, found " + length);
            }
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, length + 4);
            if ((int) crc.getValue() != intAt(file, at + 8 + length)) {
                throw new ImageFormatException(
                        "chunk at byte " + at + ": checksum does not match, the file is damaged");
            }
            visitor.chunk(type, at + 8, length);
            ended = type.equals("IEND");
            at += length + FRAME;
        }
    }

    private static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private static String type(byte[] bytes, int chunkStart) {
        return latin1(bytes, chunkStart + 4, chunkStart + 8);
    }

    private static String latin1(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int zero(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at;
    }
}
