package io.synthray.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final int SIDE = 32;

    @Test
    void noRangeChangesNothing() {
        float[] image = square(0.25f, 0.75f);
        float[][] planes = {square(0, 1), square(1, 0)};
        Augmented same = new Augmentation(0, 0, 0, 0, 0, 0, 0).apply(image, planes, SIDE, 1, 2);
        assertArrayEquals(image, same.image(), 1e-7f);
        assertArrayEquals(planes[0], same.planes()[0]);
        assertArrayEquals(planes[1], same.planes()[1]);
    }

    @Test
    void imageAndMaskMoveTogether() {
        Augmentation augmentation = new Augmentation(15, 0.15, 0.1, 8, 0, 0, 0);
        for (int stream = 0; stream < 20; stream++) {
            Augmented result = augmentation.apply(square(0, 1), new float[][] {square(0, 1)}, SIDE, 5, stream);
            int disagreeing = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean inside = result.planes()[0][i] == 1;
                if (inside != result.image()[i] >= 0.5f) {
                    disagreeing++;
                }
            }
            // Linear and nearest interpolation may differ on the square's outline of about 50 pixels only.
            assertTrue(disagreeing < 16, disagreeing + " pixels disagree");
        }
    }

    @Test
    void streamsDifferAndRepeat() {
        Augmentation augmentation = new Augmentation(10, 0.1, 0.05, 5, 0.1, 0.2, 0.02);
        float[] image = square(0.3f, 0.6f);
        float[] first = augmentation.apply(image, new float[0][], SIDE, 5, 0).image();
        assertArrayEquals(
                first, augmentation.apply(image, new float[0][], SIDE, 5, 0).image());
        assertFalse(Arrays.equals(
                first, augmentation.apply(image, new float[0][], SIDE, 5, 1).image()));
        assertFalse(Arrays.equals(
                first, augmentation.apply(image, new float[0][], SIDE, 6, 0).image()));
    }

    @Test
    void brightnessAndContrastAreAsDrawn() {
        Augmentation augmentation = new Augmentation(0, 0, 0, 0, 0.1, 0.2, 0);
        CounterRandom random = new CounterRandom(5, 3);
        for (int i = 0; i < 5; i++) {
            random.nextBits();
        }
        double factor = 1 + random.uniform(-0.2, 0.2);
        double shift = random.uniform(-0.1, 0.1);
        float[] result = augmentation
                .apply(square(0.3f, 0.6f), new float[0][], SIDE, 5, 3)
                .image();
        assertEquals((0.3 - 0.5) * factor + 0.5 + shift, result[0], 1e-6);
        assertEquals((0.6 - 0.5) * factor + 0.5 + shift, result[16 * SIDE + 16], 1e-6);
    }

    @Test
    void noiseHasItsStandardDeviation() {
        float[] image = new float[SIDE * SIDE];
        Arrays.fill(image, 0.5f);
        float[] noisy = new Augmentation(0, 0, 0, 0, 0, 0, 0.05)
                .apply(image, new float[0][], SIDE, 5, 0)
                .image();
        double squares = 0;
        for (float level : noisy) {
            squares += (level - 0.5) * (level - 0.5);
        }
        assertEquals(0.05, Math.sqrt(squares / noisy.length), 0.006);
    }

    @Test
    void rangesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 0, 0, 0, 2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 0, 0, 0, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(200, 0, 0, 0, 0, 0, 0));
    }

    private static float[] square(float outside, float inside) {
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            pixels[i] = x >= 10 && x < 22 && y >= 10 && y < 22 ? inside : outside;
        }
        return pixels;
    }
}
