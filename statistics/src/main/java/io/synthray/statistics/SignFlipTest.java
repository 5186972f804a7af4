package io.synthray.statistics;

import java.util.Optional;

/**
 * Exact one-tailed sign-flip permutation test of the mean of paired differences: the share of all 2^n assignments of signs whose sum is at
 * least the observed one (R. A. Fisher, The Design of Experiments, 1935). It needs differences that are symmetric about the
 * hypothesis, and no normal distribution.
 *
 * @param p share of the assignments, floor..1
 * @param floor 2^-n, below which no data of n pairs can come
 */
public record SignFlipTest(double p, double floor) {
    /** Most pairs: the work grows as 2^(n/2). */
    public static final int MOST_PAIRS = 40;

    /** Sums that agree to this share of the sum of magnitudes are ties, which count as extreme. */
    private static final double ROUNDING = 1e-10;

    /**
     * The test; empty above {@link #MOST_PAIRS} pairs.
     *
     * @param margin 0 for superiority, more for non-inferiority
     */
    public static Optional<SignFlipTest> of(PairedDifferences differences, double margin) {
        int n = differences.n();
        if (n > MOST_PAIRS) {
            return Optional.empty();
        }
        double[] shifted =
                differences.values().stream().mapToDouble(d -> d + margin).toArray();
        double magnitude = 0;
        for (double value : shifted) {
            magnitude += Math.abs(value);
        }
        // Flipping the signs of a set lowers the sum by twice the set's sum: as extreme are the sets whose sum is at
        // most 0.
        double[] left = subsetSums(shifted, 0, n / 2);
        double[] right = subsetSums(shifted, n / 2, n);
        double assignments = Math.scalb(1.0, n);
        return Optional.of(
                new SignFlipTest(pairsAtMost(ROUNDING * magnitude, left, right) / assignments, Math.scalb(1.0, -n)));
    }

    /** Sums of all subsets in ascending order: each number doubles the list by a merge. */
    private static double[] subsetSums(double[] values, int from, int to) {
        double[] sums = {0};
        for (int i = from; i < to; i++) {
            sums = merged(sums, values[i]);
        }
        return sums;
    }

    private static double[] merged(double[] sums, double value) {
        double[] all = new double[2 * sums.length];
        int without = 0;
        int with = 0;
        for (int i = 0; i < all.length; i++) {
            boolean takeWithout = with == sums.length || (without < sums.length && sums[without] <= sums[with] + value);
            all[i] = takeWithout ? sums[without++] : sums[with++] + value;
        }
        return all;
    }

    private static double pairsAtMost(double bound, double[] left, double[] right) {
        long count = 0;
        int fitting = right.length;
        for (double sum : left) {
            while (fitting > 0 && sum + right[fitting - 1] > bound) {
                fitting--;
            }
            count += fitting;
        }
        return count;
    }
}
