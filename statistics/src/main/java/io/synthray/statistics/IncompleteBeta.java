package io.synthray.statistics;

import org.apache.commons.math3.special.Beta;

/**
 * Regularised incomplete beta function I_x(a, b) to about 14 digits, in the far tail as well: continued fraction DLMF 8.17.22,
 * evaluated from the front (Lentz's method as modified by Thompson and Barnett). Both x and 1 - x are given, since the smaller of
 * them would lose its digits if it were computed from the larger.
 */
final class IncompleteBeta {
    private static final int MOST_STEPS = 100_000;
    private static final double PRECISION = 1e-16;
    private static final double TINY = 1e-300;

    private IncompleteBeta() {}

    /**
     * The natural logarithm of I_x(a, b); negative infinity at x = 0.
     *
     * @param x 0..1
     * @param y 1 - x
     * @param a above 0
     * @param b above 0
     */
    static double log(double x, double y, double a, double b) {
        if (x <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (y <= 0) {
            return 0;
        }
        return x <= (a + 1) / (a + b + 2) ? lower(x, y, a, b) : Math.log1p(-Math.exp(lower(y, x, b, a)));
    }

    private static double lower(double x, double y, double a, double b) {
        double logX = x > 0.5 ? Math.log1p(-y) : Math.log(x);
        double logY = y > 0.5 ? Math.log1p(-x) : Math.log(y);
        return a * logX + b * logY - Math.log(a) - Beta.logBeta(a, b) - Math.log(fraction(x, a, b));
    }

    /** 1 + d1/(1 + d2/(1 + ...)). */
    private static double fraction(double x, double a, double b) {
        double value = 1;
        double c = 1;
        double d = 0;
        for (int step = 1; step <= MOST_STEPS; step++) {
            int m = step / 2;
            double coefficient = step % 2 == 0
                    ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                    : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / awayFromZero(1 + coefficient * d);
            c = awayFromZero(1 + coefficient / c);
            double factor = c * d;
            value *= factor;
            if (Math.abs(factor - 1) <= PRECISION) {
                return value;
            }
        }
        throw new ArithmeticException("I_x(a, b) did not converge at x = %s, a = %s, b = %s".formatted(x, a, b));
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
