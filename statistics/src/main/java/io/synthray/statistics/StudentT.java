package io.synthray.statistics;

import org.apache.commons.math3.special.Beta;

/**
 * Student's t distribution, with relative accuracy in its tails: {@code P(T > t) = I_x(df / 2, 1 / 2) / 2} at {@code x = df / (df + t^2)}
 * (DLMF 8.17, Abramowitz and Stegun 26.7.1).
 *
 * @param df degrees of freedom, above 0; need not be an integer
 */
public record StudentT(double df) {
    private static final int MOST_STEPS = 200;

    /** @throws IllegalArgumentException for degrees of freedom that are not finite and above 0 */
    public StudentT {
        if (!(df > 0) || Double.isInfinite(df)) {
            throw new IllegalArgumentException(df + " degrees of freedom: expected a finite number above 0");
        }
    }

    /** P(T > t), 0..1. */
    public double upperTail(double t) {
        return Math.exp(logUpperTail(t));
    }

    /** P(T < t), 0..1. */
    public double lowerTail(double t) {
        return upperTail(-t);
    }

    /** Natural logarithm of P(T > t), which is there where the probability itself is too small for a double. */
    public double logUpperTail(double t) {
        if (Double.isNaN(t)) {
            throw new IllegalArgumentException("t: expected a number, found NaN");
        }
        if (Double.isInfinite(t)) {
            return t > 0 ? Double.NEGATIVE_INFINITY : 0;
        }
        double squared = t * t;
        double x = df / (df + squared);
        double y = squared / (df + squared);
        double log = IncompleteBeta.log(x, y, df / 2, 0.5) - Math.log(2);
        return t >= 0 ? log : Math.log1p(-Math.exp(log));
    }

    /** Density at t. */
    public double density(double t) {
        return Math.exp(-Beta.logBeta(df / 2, 0.5) - 0.5 * Math.log(df) - (df + 1) / 2 * Math.log1p(t * t / df));
    }

    /**
     * The t above which a probability lies: {@code upperTail(critical(q)) == q}.
     *
     * @param q above 0 and below 1
     */
    public double critical(double q) {
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("probability " + q + ": expected above 0 and below 1");
        }
        if (q > 0.5) {
            return -critical(1 - q);
        }
        if (q == 0.5) {
            return 0;
        }
        if (df == 1) {
            return 1 / Math.tan(Math.PI * q);
        }
        if (df == 2) {
            return (1 - 2 * q) / Math.sqrt(2 * q * (1 - q));
        }
        return solve(q);
    }

    /** Newton's method on log P as a function of log t, which is nearly straight in the tail, kept within a bracket. */
    private double solve(double q) {
        double target = Math.log(q);
        double high = 1;
        while (logUpperTail(high) > target) {
            high *= 2;
        }
        double low = 0;
        double t = high;
        for (int step = 0; step < MOST_STEPS; step++) {
            double excess = logUpperTail(t) - target;
            if (excess > 0) {
                low = t;
            } else {
                high = t;
            }
            double slope = density(t) * t / Math.exp(excess + target);
            double next = t * Math.exp(excess / slope);
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - t) <= Math.ulp(t)) {
                return next;
            }
            t = next;
        }
        return t;
    }
}
