package io.synthray.imaging.random;

/**
 * Standard normal numbers by the Box-Muller transform, in strict arithmetic, so that every machine gets the same.
 *
 * <p>Two words a, b of 32 bits, taken as unsigned, give u = (a + 0.5) / 2^32 and v = b / 2^32, and from these the pair sqrt(-2 ln
 * u) cos(2 pi v) and sqrt(-2 ln u) sin(2 pi v).
 */
public final class Gaussian {

    private Gaussian() {}

    /**
     * Initial noise of a diffusion sampler. Element i comes from the {@link Philox} block with key {@code seed}, low counter
     * {@code i / 4} and high counter 0: elements 0 and 1 of a block are the cosine and sine of its words 0 and 1, elements 2 and 3
     * those of its words 2 and 3. Computed to 1e-11 in double precision, then rounded to float.
     *
     * @param n number of elements, 0 or more
     */
    public static float[] noise(long seed, int n) {
        float[] noise = new float[n];
        int[] block = new int[4];
        float[] pair = new float[2];
        for (int i = 0; i < n; i += 2) {
            if ((i & 2) == 0) {
                Philox.block(seed, i >>> 2, 0, block);
            }
            BoxMuller.pair(block[i & 2], block[(i & 2) + 1], pair);
            noise[i] = pair[0];
            if (i + 1 < n) {
                noise[i + 1] = pair[1];
            }
        }
        return noise;
    }

    static double cosine(int a, int b) {
        return radius(a) * StrictMath.cos(angle(b));
    }

    static double sine(int a, int b) {
        return radius(a) * StrictMath.sin(angle(b));
    }

    private static double radius(int a) {
        return StrictMath.sqrt(-2 * StrictMath.log(((a & 0xffffffffL) + 0.5) * 0x1p-32));
    }

    private static double angle(int b) {
        return 2 * Math.PI * ((b & 0xffffffffL) * 0x1p-32);
    }
}
