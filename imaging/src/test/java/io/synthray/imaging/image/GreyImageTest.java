package io.synthray.imaging.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GreyImageTest {

    @Test
    void shrinkingTakesTheMeanOfTheCoveredArea() {
        GreyImage image = GreyImage.of(4, 2, new float[] {0, 1, 0.2f, 0.4f, 1, 0, 0.6f, 0.8f});
        assertArrayEquals(new float[] {0.5f, 0.5f}, image.resize(2, 1).toArray(), 1e-6f);
    }

    /** Values of Pillow 13.0.0: {@code Image.fromarray(float32).resize((n, 1), Image.BILINEAR)}. */
    @Test
    void shrinkingByAFractionIsPillowsBilinear() {
        GreyImage image = GreyImage.of(5, 1, new float[] {0, 0.5f, 1, 0.25f, 0.75f});
        assertArrayEquals(
                new float[] {0.4431818f, 0.59090906f}, image.resize(2, 1).toArray(), 1e-6f);
        assertArrayEquals(
                new float[] {0.21428572f, 0.7222222f, 0.53571427f},
                image.resize(3, 1).toArray(),
                1e-6f);
    }

    @Test
    void growingInterpolatesBetweenPixelCentres() {
        GreyImage image = GreyImage.of(2, 1, new float[] {0, 1});
        assertArrayEquals(
                new float[] {0, 0.25f, 0.75f, 1, 0, 0.25f, 0.75f, 1},
                image.resize(4, 2).toArray(),
                1e-6f);
    }

    @Test
    void valuesAreClampedAndNaNIsRefused() {
        assertArrayEquals(
                new float[] {0, 1}, GreyImage.of(2, 1, new float[] {-3, 7}).toArray());
        assertThrows(IllegalArgumentException.class, () -> GreyImage.of(1, 1, new float[] {Float.NaN}));
        assertThrows(IllegalArgumentException.class, () -> GreyImage.of(2, 2, new float[3]));
    }

    @Test
    void bytesComeBackUnchanged() {
        byte[] levels = new byte[256];
        for (int i = 0; i < 256; i++) {
            levels[i] = (byte) i;
        }
        GreyImage image = GreyImage.ofBytes(16, 16, levels);
        assertArrayEquals(levels, image.toBytes());
        assertEquals(256, image.greyLevels());
    }
}
