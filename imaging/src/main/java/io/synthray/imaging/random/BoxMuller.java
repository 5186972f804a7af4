package io.synthray.imaging.random;

/**
 * The Box-Muller transform by short series, which Java evaluates alike on every machine: many times as fast as {@link
 * StrictMath}, and within 1e-11 of it, far below what a float shows. Many pairs go together in loops without branches, which the
 * compiler turns into vector instructions; those round as single ones do.
 */
final class BoxMuller {
    /** Pairs that go together: their numbers stay in the processor's nearest cache. */
    static final int CHUNK = 256;

    private static final double LN_2 = Math.log(2);
    private static final double QUARTER_TURN = Math.PI / 2;
    private static final double UNIT = 0x1p-32;
    private static final long MANTISSA = 0xfffffffffffffL;
    private static final long ROOT_2 = Double.doubleToRawLongBits(Math.sqrt(2)) & MANTISSA;
    private static final long BIAS = 1023;

    private final double[] exponent = new double[CHUNK];
    private final double[] mantissa = new double[CHUNK];
    private final double[] quarters = new double[CHUNK];
    private final double[] odd = new double[CHUNK];
    private final double[] sign = new double[CHUNK];
    private final double[] cosine = new double[CHUNK];
    private final double[] sine = new double[CHUNK];
    private int count;

    /** Takes the two words of one more pair, see {@link Gaussian}; at most {@link #CHUNK} of them. */
    void add(int a, int b) {
        long bits = Double.doubleToRawLongBits(((a & 0xffffffffL) + 0.5) * UNIT);
        // The mantissa is brought to within the square roots of 1/2 and 2, where the series is shortest.
        long above = (ROOT_2 - (bits & MANTISSA)) >>> 63;
        exponent[count] = (bits >>> 52) - BIAS + above;
        mantissa[count] = Double.longBitsToDouble((bits & MANTISSA) | ((BIAS - above) << 52));
        double turn = (b & 0xffffffffL) * (4 * UNIT);
        int nearest = (int) (turn + 0.5);
        quarters[count] = turn - nearest;
        odd[count] = nearest & 1;
        sign[count] = 1 - (nearest & 2);
        count++;
    }

    /** Writes the cosine's and the sine's number of each pair, as many floats as fit from {@code start} on, and forgets the pairs. */
    void writeTo(float[] target, int start) {
        compute();
        int last = Math.min(target.length - start, 2 * count);
        for (int i = 0; i < last; i++) {
            target[start + i] = (float) ((i & 1) == 0 ? cosine[i >>> 1] : sine[i >>> 1]);
        }
        count = 0;
    }

    private void compute() {
        for (int i = 0; i < CHUNK; i++) {
            // ln m = 2 artanh((m - 1) / (m + 1))
            double s = (mantissa[i] - 1) / (mantissa[i] + 1);
            double z = s * s;
            double series =
                    1 + z * (1 / 3.0 + z * (1 / 5.0 + z * (1 / 7.0 + z * (1 / 9.0 + z * (1 / 11.0 + z * (1 / 13.0))))));
            double radius = sign[i] * Math.sqrt(-2 * (exponent[i] * LN_2 + 2 * s * series));
            double x = quarters[i] * QUARTER_TURN;
            double q = x * x;
            double sin = x
                    * (1
                            - q
                                    * (1 / 6.0
                                            - q
                                                    * (1 / 120.0
                                                            - q
                                                                    * (1 / 5040.0
                                                                            - q
                                                                                    * (1 / 362880.0
                                                                                            - q * (1 / 39916800.0))))));
            double cos = 1
                    - q
                            * (1 / 2.0
                                    - q
                                            * (1 / 24.0
                                                    - q
                                                            * (1 / 720.0
                                                                    - q
                                                                            * (1 / 40320.0
                                                                                    - q
                                                                                            * (1 / 3628800.0
                                                                                                    - q
                                                                                                            / 479001600.0)))));
            double even = 1 - odd[i];
            cosine[i] = radius * (even * cos - odd[i] * sin);
            sine[i] = radius * (even * sin + odd[i] * cos);
        }
    }
}
