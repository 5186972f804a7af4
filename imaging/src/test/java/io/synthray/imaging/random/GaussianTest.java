package io.synthray.imaging.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianTest {

    /** Expected values by an implementation of Philox and Box-Muller of its own in Python, with the C library's functions. */
    @Test
    void noiseIsAsDefined() {
        assertArrayEquals(
                new float[] {-0.97018979f, 0.19401896f, -1.23562074f, 1.92392675f, -0.07318151f, 0.13913750f},
                Gaussian.noise(42, 6),
                1e-7f);
        assertArrayEquals(
                new float[] {1.09859574f, 0.63230224f, 0.64585997f, 0.72951107f, -0.59094833f},
                Gaussian.noise(-1, 5),
                1e-7f);
    }

    @Test
    void seriesAreTheFunctionsToAFloatsPrecision() {
        int[] words = {
            0, 1, 2, -1, -2, 1 << 29, 3 << 29, 5 << 29, 7 << 29, 1 << 30, 1 << 31, 3 << 30, 0x5a827999, 0x5a82799a
        };
        int[] block = new int[4];
        float[] pair = new float[2];
        BoxMuller pairs = new BoxMuller();
        for (int i = 0; i < 100_000; i++) {
            Philox.block(77, i, 0, block);
            int a = i < words.length * words.length ? words[i / words.length] : block[0];
            int b = i < words.length * words.length ? words[i % words.length] : block[1];
            pairs.add(a, b);
            pairs.writeTo(pair, 0);
            assertEquals(Gaussian.cosine(a, b), pair[0], 6e-8 * Math.max(1, Math.abs(pair[0])));
            assertEquals(Gaussian.sine(a, b), pair[1], 6e-8 * Math.max(1, Math.abs(pair[1])));
        }
    }

    @Test
    void shorterNoiseIsABeginningOfLongerNoise() {
        assertArrayEquals(Arrays.copyOf(Gaussian.noise(9, 100), 33), Gaussian.noise(9, 33));
    }

    @Test
    void momentsAreStandardNormal() {
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (float z : Gaussian.noise(1, n)) {
            sum += z;
            squares += z * z;
            fourths += (double) z * z * z * z;
        }
        // Tolerances are five standard errors: 1, 2 and 96 are the variances of z, z^2 and z^4.
        assertEquals(0, sum / n, 5 * Math.sqrt(1.0 / n));
        assertEquals(1, squares / n, 5 * Math.sqrt(2.0 / n));
        assertEquals(3, fourths / n, 5 * Math.sqrt(96.0 / n));
    }
}
