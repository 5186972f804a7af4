package io.synthray.imaging.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads and writes PNG files. Any PNG is read as greyscale: 8- and 16-bit grey as it is, colour by its luma (ITU-R
 * BT.601: 0.299 R + 0.587 G + 0.114 B), alpha ignored. What is written is 8-bit greyscale; equal images and texts give
 * equal bytes on one Java runtime.
 */
public final class Png {

    /** Largest file that is read, in bytes: 192 MiB, as much as {@link PixelBudget} allows uncompressed. */
    public static final long MAX_FILE_BYTES = PixelBudget.MAX_BYTES;

    private static final String KIND = "a PNG";

    private Png() {}

    /** Reads a file; the same errors as {@link #decode(byte[], String)}, naming the file. */
    public static GreyImage read(Path file) {
        return decode(bytes(file), file.toString());
    }

    /**
     * Decodes a PNG.
     *
     * @param name what errors call the image
     * @throws ImageFormatException if it is no PNG, damaged, or larger than {@link PixelBudget}
     */
    public static GreyImage decode(byte[] png, String name) {
        return Decoding.named(name, KIND, () -> Luma.of(pixels(new PngChunks(png))));
    }

    /**
     * Decodes an 8-bit greyscale PNG to its raw samples, for masks, whose values are bits and not brightness.
     *
     * @throws ImageFormatException as {@link #decode}, and if the PNG is of another kind
     */
    public static GreySamples decodeSamples(byte[] png, String name) {
        return Decoding.named(name, KIND, () -> {
            PngChunks chunks = new PngChunks(png);
            if (!chunks.header().isGrey8()) {
                throw new ImageFormatException("expected 8-bit greyscale (colour type 0), found "
                        + chunks.header().bitDepth() + "-bit of colour type "
                        + chunks.header().colourType());
            }
            Raster raster = pixels(chunks).getRaster();
            return new GreySamples(raster.getWidth(), raster.getHeight(), ((byte[])
                    raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), null)));
        });
    }

    /** Reads only a file's header, which is cheap; the same errors as {@link #decode(byte[], String)}. */
    public static PngHeader header(Path file) {
        return Decoding.named(file.toString(), KIND, () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return PngChunks.header(in.readNBytes(PngChunks.HEADER_BYTES));
            }
        });
    }

    /** The texts (tEXt and uncompressed iTXt) of a PNG by keyword, in the file's order. */
    public static Map<String, String> texts(byte[] png, String name) {
        return Decoding.named(name, KIND, () -> new PngChunks(png).texts());
    }

    /** All bytes of a file of at most {@link #MAX_FILE_BYTES}, with errors that name it. */
    public static byte[] bytes(Path file) {
        return Decoding.named(file.toString(), KIND, () -> {
            long size = Files.size(file);
            if (size > MAX_FILE_BYTES) {
                throw new ImageFormatException("expected at most " + MAX_FILE_BYTES + " bytes, found " + size);
            }
            return Files.readAllBytes(file);
        });
    }

    /**
     * Encodes an image with texts.
     *
     * @param texts values by keyword (1 to 79 characters of Latin-1), written in this order: tEXt for printable
     *     Latin-1 values, iTXt in UTF-8 for others, which come after them
     */
    public static byte[] encode(GreyImage image, Map<String, String> texts) {
        return encode(new GreySamples(image.width(), image.height(), image.toBytes()), texts);
    }

    /** Encodes raw 8-bit samples, as {@link #encode(GreyImage, Map)}. */
    public static byte[] encode(GreySamples samples, Map<String, String> texts) {
        return PngWriter.write(samples, texts);
    }

    private static BufferedImage pixels(PngChunks chunks) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(chunks.pixelChunks()))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
