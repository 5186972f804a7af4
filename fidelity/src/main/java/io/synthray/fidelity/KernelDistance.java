package io.synthray.fidelity;

import java.util.List;
import java.util.Optional;

/**
 * Kernel inception distance (Binkowski et al., arXiv 1801.01401): the unbiased squared maximum mean discrepancy of the kernel
 * {@code (x.y / d + 1)^3}, with a normal 95% interval from the delete-one jackknife over both samples. It may be below 0.
 *
 * @param value the estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record KernelDistance(double value, double low, double high) {
    private static final double NORMAL_QUANTILE = 1.959963984540054;
    private static final int FEWEST = 3;

    /** Of two samples; equal lists give equal bits. Empty where one has fewer than {@value #FEWEST} images. */
    public static Optional<KernelDistance> of(List<short[]> one, List<short[]> other) {
        if (one.size() < FEWEST || other.size() < FEWEST) {
            return Optional.empty();
        }
        double[] oneWithin = within(one);
        double[] otherWithin = within(other);
        double[] oneAcross = new double[one.size()];
        double[] otherAcross = new double[other.size()];
        for (int i = 0; i < oneAcross.length; i++) {
            for (int j = 0; j < otherAcross.length; j++) {
                double kernel = kernel(one.get(i), other.get(j));
                oneAcross[i] += kernel;
                otherAcross[j] += kernel;
            }
        }
        double within1 = sum(oneWithin);
        double within2 = sum(otherWithin);
        double across = sum(oneAcross);
        int n = one.size();
        int m = other.size();
        double value = discrepancy(within1, n, within2, m, across);
        double[] without1 = new double[n];
        for (int i = 0; i < n; i++) {
            without1[i] = discrepancy(within1 - 2 * oneWithin[i], n - 1, within2, m, across - oneAcross[i]);
        }
        double[] without2 = new double[m];
        for (int j = 0; j < m; j++) {
            without2[j] = discrepancy(within1, n, within2 - 2 * otherWithin[j], m - 1, across - otherAcross[j]);
        }
        double half = NORMAL_QUANTILE * Math.sqrt(jackknife(without1) + jackknife(without2));
        return Optional.of(new KernelDistance(value, value - half, value + half));
    }

    private static double discrepancy(double within1, int n, double within2, int m, double across) {
        return within1 / ((double) n * (n - 1)) + within2 / ((double) m * (m - 1)) - 2 * across / ((double) n * m);
    }

    private static double jackknife(double[] without) {
        double mean = sum(without) / without.length;
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        return squares * (without.length - 1) / without.length;
    }

    /** For each point the sum of kernels with all others. */
    private static double[] within(List<short[]> points) {
        double[] sums = new double[points.size()];
        for (int i = 0; i < sums.length; i++) {
            for (int j = i + 1; j < sums.length; j++) {
                double kernel = kernel(points.get(i), points.get(j));
                sums[i] += kernel;
                sums[j] += kernel;
            }
        }
        return sums;
    }

    private static double kernel(short[] one, short[] other) {
        long product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
        }
        double base = product / ((double) Quantisation.SCALE * Quantisation.SCALE * one.length) + 1;
        return base * base * base;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
