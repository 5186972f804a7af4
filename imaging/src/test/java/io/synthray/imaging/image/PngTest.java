package io.synthray.imaging.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {

    private static final GreyImage GRADIENT =
            GreyImage.of(3, 2, new float[] {0, 51 / 255f, 102 / 255f, 153 / 255f, 204 / 255f, 1});

    @Test
    void imageAndTextsComeBackInOrder() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("Software", "Synthray");
        texts.put("Comment", "SYNTHETIC");
        texts.put("Seed", "-17");
        texts.put("Prompt", "r\u00f6ntgen \u2265 1");
        byte[] png = Png.encode(GRADIENT, texts);
        assertEquals(GRADIENT, Png.decode(png, "gradient"));
        assertEquals(texts.toString(), Png.texts(png, "gradient").toString());
        assertArrayEquals(png, Png.encode(GRADIENT, texts));
        assertTrue(new String(png, StandardCharsets.ISO_8859_1).contains("tEXtComment\0SYNTHETIC"));
    }

    /** Rows of every filter, and pixels that no compressor shortens, as javax.imageio reads them. */
    @Test
    void everyPixelComesBack() throws IOException {
        Random random = new Random(3);
        for (int kind = 0; kind < 5; kind++) {
            byte[] levels = new byte[67 * 41];
            for (int i = 0; i < levels.length; i++) {
                int x = i % 67;
                int y = i / 67;
                levels[i] = (byte)
                        (kind == 0
                                ? x
                                : kind == 1 ? 5 * y : kind == 2 ? 3 * x + 2 * y : kind == 3 ? 0 : random.nextInt());
            }
            byte[] png = Png.encode(new GreySamples(67, 41, levels), Map.of());
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
            assertArrayEquals(levels, (byte[]) read.getRaster().getDataElements(0, 0, 67, 41, null));
            assertArrayEquals(levels, Png.decodeSamples(png, "kind " + kind).samples());
        }
    }

    @Test
    void colourIsReadByItsLuma() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xff0000);
        image.setRGB(1, 0, 0x00ff00);
        image.setRGB(2, 0, 0x0000ff);
        assertArrayEquals(
                new float[] {0.299f, 0.587f, 0.114f},
                Png.decode(png(image), "rgb").toArray(),
                1e-6f);
    }

    @Test
    void sixteenBitsKeepTheirPrecision() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 12345);
        image.getRaster().setSample(1, 0, 0, 65535);
        assertArrayEquals(
                new float[] {12345 / 65535f, 1}, Png.decode(png(image), "deep").toArray(), 1e-7f);
    }

    @Test
    void paletteAndOneBitImagesAreRead() throws IOException {
        BufferedImage image = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(4, 0, 0xffffff);
        float[] expected = new float[9];
        expected[4] = 1;
        assertArrayEquals(expected, Png.decode(png(image), "bits").toArray());
    }

    @Test
    void hugeDimensionsAreRefusedBeforeAllocation() {
        byte[] png = Png.encode(GRADIENT, Map.of());
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        ImageFormatException e = assertThrows(ImageFormatException.class, () -> Png.decode(png, "bomb.png"));
        assertEquals("bomb.png: expected at most 40265318 pixels, found 60000 x 60000", e.getMessage());
    }

    @Test
    void otherContentIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "not an image at all, but text");
        ImageFormatException e = assertThrows(ImageFormatException.class, () -> Png.read(file));
        assertEquals(file + ": expected a PNG file, found other content", e.getMessage());
        assertEquals("expected a PNG file, found other content", e.reason());
        assertThrows(ImageFormatException.class, () -> Png.read(folder.resolve("none.png")));
        assertThrows(ImageFormatException.class, () -> Png.header(folder.resolve("none.png")));
    }

    @Test
    void damageIsFound() {
        byte[] png = Png.encode(GRADIENT, Map.of());
        byte[] flipped = png.clone();
        flipped[45] ^= 1;
        assertTrue(assertThrows(ImageFormatException.class, () -> Png.decode(flipped, "x"))
                .getMessage()
                .contains("checksum"));
        byte[] cut = Arrays.copyOf(png, png.length - 5);
        assertThrows(ImageFormatException.class, () -> Png.decode(cut, "x"));
    }

    @Test
    void keywordsMustBePrintable() {
        assertThrows(IllegalArgumentException.class, () -> Png.encode(GRADIENT, Map.of("", "x")));
        assertThrows(IllegalArgumentException.class, () -> Png.encode(GRADIENT, Map.of("a\nb", "x")));
    }

    @Test
    void headerIsReadAlone(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a.png"), Png.encode(GRADIENT, Map.of()));
        assertEquals(new PngHeader(3, 2, 8, 0), Png.header(file));
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
