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
    void anElasticFieldMovesImageAndMaskTogetherAndNothingElseChanges() {
        Augmentation elastic = new Augmentation(0, 0, 0, 0, 0, 0, 0, false, 60, 4);
        int moved = 0;
        for (int stream = 0; stream < 20; stream++) {
            Augmented result = elastic.apply(square(0, 1), new float[][] {square(0, 1)}, SIDE, 5, stream);
            int disagreeing = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean inside = result.planes()[0][i] == 1;
                disagreeing += inside != result.image()[i] >= 0.5f ? 1 : 0;
                moved += inside != (square(0, 1)[i] == 1) ? 1 : 0;
            }
            assertTrue(disagreeing < 16, disagreeing + " pixels disagree");
            assertFalse(result.mirrored());
        }
        // Displacements have a standard deviation of up to 60 * 0.163 / 4 = 2.4 pixels along an outline of 48.
        assertTrue(moved > 20 * 10, moved + " pixels moved");
    }

    @Test
    void anElasticFieldIsTheOneOfConditioningMasks() {
        CounterRandom random = new CounterRandom(5, ~3L);
        random.nextBits();
        double alpha = random.uniform(0, 60);
        double[][] field = Elastic.field(alpha, 4, SIDE, SIDE, random);
        float[] ramp = new float[SIDE * SIDE];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % SIDE / (float) (SIDE - 1);
        }
        float[] result = new Augmentation(0, 0, 0, 0, 0, 0, 0, false, 60, 4)
                .apply(ramp, new float[0][], SIDE, 5, 3)
                .image();
        for (int i = 0; i < ramp.length; i++) {
            double from = Math.min(SIDE - 1.0, Math.max(0, i % SIDE + field[0][i]));
            assertEquals(from / (SIDE - 1), result[i], 1e-5);
        }
    }

    @Test
    void mirrorsHalfOfTheImagesWithTheirMasks() {
        Augmentation flip = new Augmentation(0, 0, 0, 0, 0, 0, 0, true, 0, 4);
        float[] image = new float[SIDE * SIDE];
        float[] left = new float[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            image[i] = i % SIDE / (float) SIDE;
            left[i] = i % SIDE < 5 ? 1 : 0;
        }
        int mirrored = 0;
        for (int stream = 0; stream < 400; stream++) {
            Augmented result = flip.apply(image, new float[][] {left}, SIDE, 9, stream);
            mirrored += result.mirrored() ? 1 : 0;
            for (int i = 0; i < image.length; i++) {
                int from = result.mirrored() ? i + SIDE - 1 - 2 * (i % SIDE) : i;
                assertEquals(image[from], result.image()[i], 1e-6);
                assertEquals(left[from], result.planes()[0][i]);
            }
        }
        // Five standard errors.
        assertEquals(200, mirrored, 50);
    }

    @Test
    void whatElseIsDrawnDoesNotDependOnFlipAndElasticity() {
        float[] even = new float[SIDE * SIDE];
        Arrays.fill(even, 0.4f);
        float[] plain = new Augmentation(5, 0.1, 0.1, 0, 0.1, 0.2, 0.05)
                .apply(even, new float[0][], SIDE, 5, 8)
                .image();
        float[] bent = new Augmentation(5, 0.1, 0.1, 0, 0.1, 0.2, 0.05, true, 30, 3)
                .apply(even, new float[0][], SIDE, 5, 8)
                .image();
        assertArrayEquals(plain, bent, 1e-6f);
    }

    @Test
    void rangesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 0, 0, 0, 0, 0, 0, false, 10_001, 4));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 0, 0, 0, 0, 0, 0, false, 1, 0.4));
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
