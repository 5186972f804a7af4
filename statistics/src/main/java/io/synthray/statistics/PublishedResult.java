package io.synthray.statistics;

/**
 * What a published mean difference, its two-sided 95% interval and the number of pairs imply, if the interval is Student's.
 *
 * @param mean published mean difference
 * @param interval published 95% interval
 * @param pairs number of pairs, 2 or more
 */
public record PublishedResult(double mean, Interval interval, int pairs) {
    private static final double ERROR = 0.05;

    /** A mean further from the interval's middle than this share of its half length is not explained by rounding. */
    private static final double OFF_CENTRE = 0.05;

    /** @throws IllegalArgumentException for numbers that no t interval can have */
    public PublishedResult {
        if (pairs < 2) {
            throw new IllegalArgumentException(pairs + " pairs: expected 2 or more");
        }
        if (!Double.isFinite(mean) || !Double.isFinite(interval.low()) || !Double.isFinite(interval.high())) {
            throw new IllegalArgumentException("mean and interval: expected finite numbers");
        }
        if (!(interval.halfLength() > 0)) {
            throw new IllegalArgumentException("interval of no length: expected LOW below HIGH");
        }
        double middle = interval.low() + interval.halfLength();
        if (Math.abs(mean - middle) > OFF_CENTRE * interval.halfLength()) {
            throw new IllegalArgumentException(
                    "mean %s: expected the middle of the interval, %s, as of every t interval".formatted(mean, middle));
        }
    }

    /** Degrees of freedom, pairs - 1. */
    public int degreesOfFreedom() {
        return pairs - 1;
    }

    /** Standard error of the mean difference: half the interval over Student's quantile. */
    public double standardError() {
        return interval.halfLength() / new StudentT(degreesOfFreedom()).critical(ERROR / 2);
    }

    /** Standard deviation of the differences. */
    public double standardDeviation() {
        return standardError() * Math.sqrt(pairs);
    }

    /** {@code mean / standardError}. */
    public double t() {
        return mean / standardError();
    }

    /** One-tailed P, unadjusted. */
    public double oneTailedP() {
        return new StudentT(degreesOfFreedom()).upperTail(t());
    }

    /**
     * Size of the largest family in which the P survives Bonferroni's correction: the largest m with {@code m P < alpha}; 0 if it does not
     * survive alone.
     *
     * @param alpha family-wise error rate, above 0 and below 1
     */
    public long largestFamily(double alpha) {
        double p = oneTailedP();
        long m = (long) Math.min(1e15, Math.ceil(alpha / p));
        while (m > 0 && m * p >= alpha) {
            m--;
        }
        return m;
    }
}
