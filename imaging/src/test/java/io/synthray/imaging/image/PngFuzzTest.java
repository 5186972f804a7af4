package io.synthray.imaging.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Damaged files give {@link ImageFormatException} or an image, and nothing else. */
class PngFuzzTest {

    private static final byte[] PNG = Png.encode(
            GreyImage.ofBytes(7, 5, Arrays.copyOf(new byte[] {1, 2, 3, 100, -1}, 35)),
            Map.of("Title", "SYNTHETIC", "Note", "\u20ac"));

    @Property(tries = 500)
    void mutatedBytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes, @ForAll boolean mend) {
        Random random = new Random(seed);
        byte[] png = PNG.clone();
        for (int i = 0; i < changes; i++) {
            png[random.nextInt(png.length)] = (byte) random.nextInt(256);
        }
        readAll(mend ? mended(png) : png);
    }

    @Property(tries = 100)
    void cutFiles(@ForAll @IntRange(min = 0, max = 200) int length) {
        readAll(Arrays.copyOf(PNG, Math.min(length, PNG.length - 1)));
    }

    private static void readAll(byte[] png) {
        try {
            Png.decode(png, "x").resize(4, 4);
            Png.texts(png, "x");
            Png.decodeSamples(png, "x");
        } catch (ImageFormatException e) {
            if (!e.getMessage().startsWith("x: ")) {
                throw new AssertionError("does not name the image: " + e.getMessage(), e);
            }
        }
    }

    /** Puts the right checksums on damaged chunks, so that the decoder gets to see them. */
    private static byte[] mended(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        int at = 8;
        while (at + 12 <= png.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                return png;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            bytes.putInt(at + 8 + length, (int) crc.getValue());
            at += length + 12;
        }
        return png;
    }
}
