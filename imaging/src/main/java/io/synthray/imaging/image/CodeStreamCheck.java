package io.synthray.imaging.image;

import java.util.Set;

/**
 * Walks the headers of a JPEG 2000 code stream (ITU-T T.800, annex A), the main one and those of tile parts, and refuses what would let a decoder work without end:
 * it goes through as many packets as layers, resolutions and precincts multiply to, whether they are in the file or not.
 */
final class CodeStreamCheck {

    private static final int MOST_LAYERS = 100;
    private static final int MOST_LEVELS = 12;
    private static final int SMALLEST_PRECINCT = 5;
    private static final int SOT = 0xff90;
    private static final int SOD = 0xff93;
    private static final int EOC = 0xffd9;
    private static final int COD = 0xff52;
    private static final int SOP = 0x91;
    private static final int EPH = 0x92;

    /** SIZ, COD, QCD, TLM, PLM, PLT, CRG, COM: what one component needs, and what says nothing about decoding. */
    private static final Set<Integer> KNOWN = Set.of(0xff51, COD, 0xff5c, 0xff55, 0xff57, 0xff58, 0xff63, 0xff64);

    private final byte[] stream;

    CodeStreamCheck(byte[] stream) {
        this.stream = stream;
    }

    /** @throws ImageFormatException if a header is damaged or asks for too much */
    void run() {
        int at = header(2, SOT);
        while (at + 12 <= stream.length && two(at) == SOT) {
            long length = (long) two(at + 6) << 16 | two(at + 8);
            int body = header(at + 12, SOD);
            if (length == 0) {
                requireStuffed(body + 2, lastBody());
                return;
            }
            if (length < 14 || at + length > stream.length || at + length < body) {
                throw new ImageFormatException(
                        "tile part at byte " + at + ": expected a length within the file, found " + length);
            }
            requireStuffed(body + 2, at + (int) length);
            at += (int) length;
        }
        if (at + 2 <= stream.length && two(at) != EOC) {
            throw new ImageFormatException("byte " + at + ": expected a tile part or the end, found something else");
        }
    }

    /** The end of a last tile part without a length: the end of the stream, but for its marker. */
    private int lastBody() {
        // DICOM makes lengths even by a zero.
        int end = stream.length > 2 && stream[stream.length - 1] == 0 && two(stream.length - 3) == EOC
                ? stream.length - 1
                : stream.length;
        return end >= 2 && two(end - 2) == EOC ? end - 2 : end;
    }

    /**
     * Packets never hold 0xff before a byte above 0x8f but for two markers (B.10.1, C.2.6), nor end with it. The plug-in's reader of bits, having met two bytes
     * of 0xff, gives ones for ever.
     */
    private void requireStuffed(int from, int to) {
        for (int at = from; at < to; at++) {
            if (stream[at] == (byte) 0xff) {
                int next = at + 1 < to ? stream[at + 1] & 0xff : 0xff;
                if (next > 0x8f && next != SOP && next != EPH) {
                    throw new ImageFormatException("byte " + at + ": expected a packet's data, found a marker");
                }
            }
        }
    }

    /** Walks marker segments up to a marker; gives where that is. */
    private int header(int from, int last) {
        int at = from;
        while (at + 4 <= stream.length) {
            int marker = two(at);
            if (marker == last) {
                return at;
            }
            int length = two(at + 2);
            if (!KNOWN.contains(marker) || length < 2 || at + 2 + length > stream.length) {
                throw new ImageFormatException(
                        "byte " + at + ": expected a marker segment of one component's image, found another");
            }
            if (marker == COD) {
                requireBounded(at, length);
            }
            at += 2 + length;
        }
        throw new ImageFormatException("expected the end of a header, found the end of the file");
    }

    private void requireBounded(int at, int length) {
        int layers = length < 12 ? 0 : two(at + 6);
        int levels = length < 12 ? -1 : stream[at + 9] & 0xff;
        if (layers < 1 || layers > MOST_LAYERS || levels < 0 || levels > MOST_LEVELS) {
            throw new ImageFormatException("expected 1 to " + MOST_LAYERS + " layers and at most " + MOST_LEVELS
                    + " levels, found " + layers + " and " + levels);
        }
        if ((stream[at + 4] & 1) != 0) {
            for (int i = 0; i <= levels; i++) {
                int size = at + 14 + i < at + 2 + length ? stream[at + 14 + i] & 0xff : 0;
                if ((size & 15) < SMALLEST_PRECINCT || size >> 4 < SMALLEST_PRECINCT) {
                    throw new ImageFormatException("expected precincts of 32 pixels or more, found smaller ones");
                }
            }
        }
    }

    private int two(int at) {
        return (stream[at] & 0xff) << 8 | (stream[at + 1] & 0xff);
    }
}
