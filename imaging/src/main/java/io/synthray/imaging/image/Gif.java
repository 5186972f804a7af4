package io.synthray.imaging.image;

import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads the first picture of a GIF to grey by the JDK's decoder; SCR's masks are GIF files. */
public final class Gif {

    private static final int HEADER = 10;

    private Gif() {}

    /**
     * Decodes a GIF.
     *
     * @param name what errors call the image
     * @throws ImageFormatException if it is no GIF, damaged or too large
     */
    public static GreyImage decode(byte[] gif, String name) {
        return Decoding.named(name, "a GIF", () -> {
            if (gif.length < HEADER || gif[0] != 'G' || gif[1] != 'I' || gif[2] != 'F') {
                throw new ImageFormatException("expected a GIF file, found other content");
            }
            PixelBudget.require(two(gif, 6), two(gif, 8), 1);
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(gif))) {
                reader.setInput(in, true, true);
                // The picture's own size can differ from the screen's, which is what the header gives.
                PixelBudget.require(reader.getWidth(0), reader.getHeight(0), 1);
                return Luma.of(reader.read(0));
            } finally {
                reader.dispose();
            }
        });
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }
}
