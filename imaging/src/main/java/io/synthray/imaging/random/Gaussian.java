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
        BoxMuller pairs = new BoxMuller();
        for (int start = 0; start < n; start += 2 * BoxMuller.CHUNK) {
            int end = Math.min(n, start + 2 * BoxMuller.CHUNK);
            for (int i = start; i < end; i += 4) {
                Philox.block(seed, i >>> 2, 0, block);
                pairs.add(block[0], block[1]);
                pairs.add(block[2], block[3]);
            }
            pairs.writeTo(noise, start);
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
