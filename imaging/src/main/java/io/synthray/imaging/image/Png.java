package io.synthray.imaging.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads and writes PNG files. Any PNG is read as greyscale: 8- and 16-bit grey as it is, colour by its luma (ITU-R
 * BT.601: 0.299 R + 0.587 G + 0.114 B), alpha ignored. What is written is 8-bit greyscale; equal images and texts give
 * equal bytes on one Java runtime.
 */
public final class Png {

    /** Largest file that is read, in bytes: 512 MiB, enough for {@link PngHeader#MAX_PIXELS} of any kind. */
    public static final long MAX_FILE_BYTES = 512L * 1024 * 1024;

    private Png() {}

    /** Reads a file; the same errors as {@link #decode(byte[], String)}, naming the file. */
    public static GreyImage read(Path file) {
        return decode(bytes(file), file.toString());
    }

    /**
     * Decodes a PNG.
     *
     * @param name what errors call the image
     * @throws ImageFormatException if it is no PNG, damaged, or larger than {@link PngHeader#MAX_PIXELS}
     */
    public static GreyImage decode(byte[] png, String name) {
        return named(name, () -> toGrey(pixels(new PngChunks(png))));
    }

    /**
     * Decodes an 8-bit greyscale PNG to its raw samples, for masks, whose values are bits and not brightness.
     *
     * @throws ImageFormatException as {@link #decode}, and if the PNG is of another kind
     */
    public static GreySamples decodeSamples(byte[] png, String name) {
        return named(name, () -> {
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
        return named(file.toString(), () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return PngChunks.header(in.readNBytes(PngChunks.HEADER_BYTES));
            }
        });
    }

    /** The texts (tEXt and uncompressed iTXt) of a PNG by keyword, in the file's order. */
    public static Map<String, String> texts(byte[] png, String name) {
        return named(name, () -> new PngChunks(png).texts());
    }

    /** All bytes of a file of at most {@link #MAX_FILE_BYTES}, with errors that name it. */
    public static byte[] bytes(Path file) {
        return named(file.toString(), () -> {
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
        BufferedImage image = new BufferedImage(samples.width(), samples.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(samples.samples(), 0, target, 0, target.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            PngTexts.addTo(metadata, texts);
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new IllegalStateException("writing a PNG to memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
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

    private static GreyImage toGrey(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        float[] pixels = new float[width * height];
        Raster raster = image.getRaster();
        ColorModel colours = image.getColorModel();
        boolean palette = colours instanceof IndexColorModel;
        boolean grey = !palette && raster.getNumBands() <= 2;
        float scale = (1 << Math.min(16, colours.getComponentSize(0))) - 1f;
        int[] sample = new int[4];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float level;
                if (palette) {
                    int rgb = image.getRGB(x, y);
                    level = luma((rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff) / 255f;
                } else {
                    raster.getPixel(x, y, sample);
                    level = (grey ? sample[0] : luma(sample[0], sample[1], sample[2])) / scale;
                }
                pixels[y * width + x] = level;
            }
        }
        return GreyImage.of(width, height, pixels);
    }

    private static float luma(int red, int green, int blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }

    private interface Read<T> {
        T read() throws IOException;
    }

    /** Runs a read; whatever goes wrong becomes an error that names the image. */
    private static <T> T named(String name, Read<T> read) {
        try {
            return read.read();
        } catch (ImageFormatException e) {
            throw new ImageFormatException(name, e.reason(), e);
        } catch (NoSuchFileException e) {
            throw new ImageFormatException(name, "expected a PNG file, found no file", e);
        } catch (IOException | RuntimeException e) {
            // The JDK's decoder answers damaged pixel data with many kinds of unchecked exceptions.
            throw new ImageFormatException(
                    name, "cannot be read as a PNG (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
