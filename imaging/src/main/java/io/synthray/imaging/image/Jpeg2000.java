package io.synthray.imaging.image;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG 2000 code streams (ITU-T T.800) of one component by the plug-in {@code jpeg2000} of Java's image I/O, which is a
 * dependency that can be left out (docs/decisions/0030-jpeg-2000.md). What could make it allocate or run without bound is read before.
 */
public final class Jpeg2000 {

    private static final int MARKER_SOC = 0xff4f;
    private static final int MARKER_SIZ = 0xff51;
    private static final int MOST_TILES = 1024;

    /** Without the highest bit, which says that samples are signed; they come as two's complement then. */
    private static final int DEPTH = 0x7f;

    private Jpeg2000() {}

    /**
     * Decodes a code stream to its raw samples.
     *
     * @param name what errors call the image
     * @throws ImageFormatException if it is none, damaged, too large, of several components, or the plug-in is absent
     */
    public static RawSamples samples(byte[] stream, String name) {
        return Decoding.named(name, "a JPEG 2000 code stream", () -> {
            int bits = requireBounded(stream);
            new CodeStreamCheck(stream).run();
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg2000");
            if (!readers.hasNext()) {
                throw new ImageFormatException(
                        "expected the plug-in com.github.jai-imageio:jai-imageio-jpeg2000 for JPEG 2000, found none");
            }
            ImageReader reader = readers.next();
            try (Ending in = new Ending(stream)) {
                reader.setInput(in, true, true);
                return RawSamples.of(reader.readRaster(0, null), bits);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Error e) {
                // The plug-in answers what it has not implemented with an error of its own.
                throw new ImageFormatException(
                        "", "cannot be decoded (" + e.getClass().getSimpleName() + ")", e);
            } finally {
                reader.dispose();
            }
        });
    }

    /** Checks the image and tile size marker segment (A.5.1), which comes first. */
    private static int requireBounded(byte[] stream) {
        if (stream.length < 43 || two(stream, 0) != MARKER_SOC || two(stream, 2) != MARKER_SIZ) {
            throw new ImageFormatException("expected a JPEG 2000 code stream, found other content");
        }
        long width = four(stream, 8) - four(stream, 16);
        long height = four(stream, 12) - four(stream, 20);
        long tileWidth = four(stream, 24);
        long tileHeight = four(stream, 28);
        int components = two(stream, 40);
        int bits = (stream[42] & DEPTH) + 1;
        if (width != (int) width || height != (int) height || tileWidth < 1 || tileHeight < 1) {
            throw new ImageFormatException("expected a positive size of image and tiles, found others");
        }
        // The decoder holds a tile's coefficients as 32-bit integers beside the samples.
        PixelBudget.require((int) width, (int) height, Integer.BYTES);
        long tiles = ((width + tileWidth - 1) / tileWidth + 1) * ((height + tileHeight - 1) / tileHeight + 1);
        if (tiles > MOST_TILES || components != 1 || bits > Short.SIZE) {
            throw new ImageFormatException("expected 1 component of 1 to 16 bits and at most " + MOST_TILES
                    + " tiles, found " + components + " of " + bits + " and " + tiles);
        }
        return bits;
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static long four(byte[] bytes, int at) {
        return (long) two(bytes, at) << 16 | two(bytes, at + 2);
    }

    /** A stream that really ends: the plug-in takes the -1 of an end for bits that are set, and goes on reading them for ever. */
    private static final class Ending extends MemoryCacheImageInputStream {

        private static final int MOST_BEYOND = 16;

        private int beyond;

        Ending(byte[] stream) {
            super(new ByteArrayInputStream(stream));
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read < 0 && ++beyond > MOST_BEYOND) {
                throw new EOFException("the code stream is cut short");
            }
            return read;
        }
    }
}
