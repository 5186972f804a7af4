package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RLE Lossless (DICOM PS3.5, annex G): PackBits, a segment for each byte of a sample, the most significant first. */
final class RunLengthCodec {

    private static final int HEADER = 64;

    private RunLengthCodec() {}

    /**
     * Decodes a frame.
     *
     * @param bytesPerSample 1 or 2
     * @return native pixel data, little endian
     */
    static byte[] decode(byte[] frame, int pixels, int bytesPerSample) {
        if (frame.length < HEADER) {
            throw new ImageFormatException("expected an RLE header of 64 bytes, found " + frame.length);
        }
        ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        int segments = header.getInt(0);
        if (segments != bytesPerSample) {
            throw new ImageFormatException("expected " + bytesPerSample + " RLE segments, found " + segments);
        }
        byte[] samples = new byte[pixels * bytesPerSample];
        for (int segment = 0; segment < segments; segment++) {
            long start = header.getInt(4 + 4 * segment) & 0xffffffffL;
            long end = segment + 1 < segments ? header.getInt(8 + 4 * segment) & 0xffffffffL : frame.length;
            if (start < HEADER || end > frame.length || start > end) {
                throw new ImageFormatException(
                        "RLE segment " + segment + ": expected offsets within the frame, found others");
            }
            unpack(frame, (int) start, (int) end, samples, segments - 1 - segment, segments);
        }
        return samples;
    }

    private static void unpack(byte[] packed, int from, int to, byte[] samples, int first, int step) {
        int at = first;
        int position = from;
        while (position < to && at < samples.length) {
            int control = packed[position++];
            if (control >= 0) {
                for (int i = 0; i <= control && position < to && at < samples.length; i++, at += step) {
                    samples[at] = packed[position++];
                }
            } else if (control != -128 && position < to) {
                byte value = packed[position++];
                for (int i = 0; i <= -control && at < samples.length; i++, at += step) {
                    samples[at] = value;
                }
            }
        }
        if (at < samples.length) {
            throw new ImageFormatException("expected RLE data for every pixel, found less");
        }
    }
}
