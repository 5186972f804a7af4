package io.synthray.imaging.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG (ITU-T T.81): baseline, extended with 8 bits and progressive by the JDK's decoder, lossless by that of TwelveMonkeys. The
 * frame header is read first, so that it can be refused before a decoder allocates.
 */
public final class Jpeg {

    private static final String JDK = "com.sun.imageio.";
    private static final String LOSSLESS = "com.twelvemonkeys.imageio.plugins.jpeg.";

    private Jpeg() {}

    /**
     * Decodes a JPEG to grey.
     *
     * @param name what errors call the image
     * @throws ImageFormatException if it is no JPEG, damaged, too large, or of a process that is not read
     */
    public static GreyImage decode(byte[] jpeg, String name) {
        return Decoding.named(name, "a JPEG", () -> {
            JpegFrame frame = JpegFrame.of(jpeg);
            return frame.lossless() ? lossless(jpeg, frame) : Luma.of(read(jpeg, JDK));
        });
    }

    /**
     * Decodes a JPEG of one component to its raw samples, row-major, as DICOM needs them.
     *
     * @return as many values as pixels, each of the frame's precision, unsigned
     * @throws ImageFormatException as {@link #decode}, and if there is more than one component
     */
    public static RawSamples samples(byte[] jpeg, String name) {
        return Decoding.named(name, "a JPEG", () -> {
            JpegFrame frame = JpegFrame.of(jpeg);
            if (frame.components() != 1) {
                throw new ImageFormatException("expected 1 component, found " + frame.components());
            }
            return RawSamples.of(raster(jpeg, frame), frame.precision());
        });
    }

    private static GreyImage lossless(byte[] jpeg, JpegFrame frame) throws IOException {
        if (frame.components() == 1) {
            RawSamples samples = RawSamples.of(raster(jpeg, frame), frame.precision());
            float[] pixels = new float[samples.values().length];
            float white = (1 << frame.precision()) - 1f;
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (samples.values()[i] & 0xffff) / white;
            }
            return GreyImage.taking(samples.width(), samples.height(), pixels);
        }
        return Luma.of(read(jpeg, LOSSLESS));
    }

    private static Raster raster(byte[] jpeg, JpegFrame frame) throws IOException {
        return read(jpeg, frame.lossless() ? LOSSLESS : JDK).getRaster();
    }

    private static BufferedImage read(byte[] jpeg, String provider) throws IOException {
        ImageReader reader = reader(provider);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String provider) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith(provider)) {
                return reader;
            }
        }
        throw new IllegalStateException("no JPEG decoder of " + provider + " is there");
    }
}
