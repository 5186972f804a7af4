package io.synthray.statistics;

import java.util.Arrays;

/**
 * A sum without rounding until it is read, so that it depends on no order: non-overlapping partial sums (J. R. Shewchuk, Adaptive
 * Precision Floating-Point Arithmetic, Discrete and Computational Geometry 18, 1997; the algorithm of Python's {@code math.fsum}).
 */
public final class ExactSum {
    private double[] partials = new double[8];
    private int size;

    /**
     * Adds a number.
     *
     * @param value finite; the sum of magnitudes must stay below the largest double
     */
    public void add(double value) {
        double x = value;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double y = partials[i];
            if (Math.abs(x) < Math.abs(y)) {
                double swap = x;
                x = y;
                y = swap;
            }
            double high = x + y;
            double low = y - (high - x);
            if (low != 0) {
                partials[kept++] = low;
            }
            x = high;
        }
        if (kept == partials.length) {
            partials = Arrays.copyOf(partials, 2 * kept);
        }
        partials[kept] = x;
        size = kept + 1;
    }

    /** The double nearest to the exact sum; 0 without a number. */
    public double value() {
        int i = size;
        if (i == 0) {
            return 0;
        }
        double high = partials[--i];
        double low = 0;
        while (i > 0) {
            double x = high;
            double y = partials[--i];
            high = x + y;
            low = y - (high - x);
            if (low != 0) {
                break;
            }
        }
        // Half-way cases: the partials below decide to which side.
        if (i > 0 && Math.signum(low) == Math.signum(partials[i - 1])) {
            double doubled = low * 2;
            double rounded = high + doubled;
            if (doubled == rounded - high) {
                high = rounded;
            }
        }
        return high;
    }

    /** The double nearest to the exact sum of finite numbers. */
    public static double of(double... values) {
        ExactSum sum = new ExactSum();
        for (double value : values) {
            sum.add(value);
        }
        return sum.value();
    }
}
