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

    @Test
    void shrinkingByAFractionWeighsPixelsByTheirCover() {
        GreyImage image = GreyImage.of(3, 1, new float[] {0.3f, 0.6f, 0.9f});
        assertArrayEquals(
                new float[] {(0.3f + 0.5f * 0.6f) / 1.5f, (0.5f * 0.6f + 0.9f) / 1.5f},
                image.resize(2, 1).toArray(),
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
