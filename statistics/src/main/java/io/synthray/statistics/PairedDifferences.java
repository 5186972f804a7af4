package io.synthray.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Differences of paired observations and Student's t test of their mean (Student, The Probable Error of a Mean, Biometrika 6,
 * 1908). Sums are exact before they are rounded once, so the order of the differences does not matter.
 *
 * @param values arm minus reference, in units of the metric; 1 or more, all finite
 */
public record PairedDifferences(List<Double> values) {
    /** Differences that agree to this are called equal: what remains is the rounding of metrics. */
    private static final double ROUNDING = 1e-12;

    /** @throws IllegalArgumentException without a value, or with one that is not finite */
    public PairedDifferences {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("expected at least one difference, found none");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("difference " + value + ": expected a finite number");
            }
        }
    }

    /** Number of pairs. */
    public int n() {
        return values.size();
    }

    /** Degrees of freedom, n - 1. */
    public int degreesOfFreedom() {
        return n() - 1;
    }

    /** Arithmetic mean. */
    public double mean() {
        return Sample.mean(values);
    }

    /** Whether all differences agree but for rounding; t would measure the rounding then. */
    public boolean allEqual() {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return high - low <= ROUNDING;
    }

    /** Standard deviation with divisor n - 1; empty below two pairs. */
    public OptionalDouble standardDeviation() {
        return n() < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(Sample.variance(values)));
    }

    /** Standard error of the mean, from the variance with divisor n - 1; empty below two pairs. */
    public OptionalDouble standardError() {
        return n() < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(Sample.variance(values) / n()));
    }

    /**
     * Two-sided confidence interval of the mean: mean plus or minus Student's quantile times the standard error; empty
     * below two pairs.
     *
     * @param error chance of missing the mean, above 0 and below 1: 0.05 for a 95% interval, alpha / m for a corrected one
     */
    public Optional<Interval> interval(double error) {
        if (n() < 2) {
            return Optional.empty();
        }
        double half = student().critical(error / 2) * standardError().getAsDouble();
        return Optional.of(new Interval(mean() - half, mean() + half));
    }

    /**
     * The statistic {@code (mean + margin) / standard error} of the hypothesis that the mean exceeds {@code -margin}; empty
     * below two pairs and when all differences are equal.
     *
     * @param margin 0 for superiority, more for non-inferiority
     */
    public OptionalDouble t(double margin) {
        if (n() < 2 || allEqual()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((mean() + margin) / standardError().getAsDouble());
    }

    /** Upper tail probability of {@link #t}; empty where it is. */
    public OptionalDouble oneTailedP(double margin) {
        OptionalDouble t = t(margin);
        return t.isEmpty() ? t : OptionalDouble.of(student().upperTail(t.getAsDouble()));
    }

    /**
     * Cohen's d of paired data (d_z): mean difference in units of the standard deviation of the differences; empty below two
     * pairs and when all differences are equal (J. Cohen, Statistical Power Analysis, 2nd ed. 1988, 2.3.5).
     */
    public OptionalDouble cohensD() {
        return n() < 2 || allEqual()
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean() / standardDeviation().getAsDouble());
    }

    /**
     * One-tailed P of the corrected resampled t-test, whose variance has {@code 1/n + test/train} in place of {@code 1/n}, since train
     * sets that are drawn anew from one pool overlap (C. Nadeau and Y. Bengio, Inference for the Generalization Error, Machine
     * Learning 52, 2003). It is for repeats that split train and test anew, and for nothing else.
     *
     * @param margin 0 for superiority, more for non-inferiority
     * @param train cases that each repeat trains on, 1 or more
     * @param test cases that each repeat tests on, 1 or more
     * @return empty where {@link #t} is
     */
    public OptionalDouble correctedResampledP(double margin, long train, long test) {
        if (train < 1 || test < 1) {
            throw new IllegalArgumentException(
                    "split of %d train and %d test cases: expected 1 or more of each".formatted(train, test));
        }
        if (n() < 2 || allEqual()) {
            return OptionalDouble.empty();
        }
        double variance = (1.0 / n() + (double) test / train) * Sample.variance(values);
        return OptionalDouble.of(student().upperTail((mean() + margin) / Math.sqrt(variance)));
    }

    private StudentT student() {
        return new StudentT(degreesOfFreedom());
    }
}
