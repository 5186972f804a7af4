package io.synthray.imaging.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegTest {

    /** Files of make_lossless_jpeg.py, encoded by imagecodecs' liblj92. */
    @ParameterizedTest
    @ValueSource(ints = {8, 12, 16})
    void losslessIsWithoutLoss(int bits) throws IOException {
        RawSamples samples = Jpeg.samples(resource("lossless-" + bits + ".jpg"), "x");
        assertEquals(32, samples.width());
        assertEquals(24, samples.height());
        assertEquals(bits, samples.bits());
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 32; x++) {
                int expected = (37 * x + 61 * y + x * y) % (1 << bits);
                assertEquals(expected, samples.values()[y * 32 + x] & 0xffff, x + ", " + y);
            }
        }
        GreyImage grey = Jpeg.decode(resource("lossless-" + bits + ".jpg"), "x");
        assertEquals(37f / ((1 << bits) - 1), grey.at(1, 0), 1e-6f);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = JpegTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void colourBecomesLuma() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, 0x808080);
        }
        GreyImage grey = ImageFile.decode(jpeg(image), "x");
        assertEquals(128 / 255f, grey.at(7, 9), 2 / 255f);
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }

    @Test
    void hugeDimensionsAreRefusedBeforeAllocation() throws IOException {
        byte[] jpeg = jpeg(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY));
        int frame = 2;
        while (jpeg[frame + 1] != (byte) 0xc0) {
            frame += 2 + ((jpeg[frame + 2] & 0xff) << 8 | (jpeg[frame + 3] & 0xff));
        }
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);
        ImageFormatException e = assertThrows(ImageFormatException.class, () -> Jpeg.decode(jpeg, "bomb.jpg"));
        assertEquals("bomb.jpg: expected at most 40265318 pixels, found 65535 x 65535", e.getMessage());
    }
}
