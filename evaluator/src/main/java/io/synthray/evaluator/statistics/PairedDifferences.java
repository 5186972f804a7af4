package io.synthray.evaluator.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Differences of paired observations and Student's t test of their mean (Student, The Probable Error of a Mean, Biometrika 6,
 * 1908). Sums run in the order of the list, so equal lists give equal bits.
 *
 * @param values arm minus reference, in units of the metric, by ascending repeat; 1 or more, all finite
 */
public record PairedDifferences(List<Double> values) {
    /** Differences that agree to this are called equal: what remains is the rounding of metrics in 0..1. */
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
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / n();
    }

    /** Whether all differences agree but for rounding; t would measure the rounding then. */
    public boolean allEqual() {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return high - low <= ROUNDING;
    }

    /** Standard error of the mean, from the variance with divisor n - 1; empty below two pairs. */
    public OptionalDouble standardError() {
        if (n() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean();
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return OptionalDouble.of(Math.sqrt(squares / degreesOfFreedom() / n()));
    }

    /**
     * Two-sided confidence interval of the mean: mean plus or minus Student's quantile times the standard error; empty
     * below two pairs.
     *
     * @param level 0..1, for instance 0.95
     */
    public Optional<Interval> interval(double level) {
        if (n() < 2) {
            return Optional.empty();
        }
        double half = student().inverseCumulativeProbability(0.5 + level / 2)
                * standardError().getAsDouble();
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
        // The lower tail of -t keeps the digits that 1 - (lower tail of t) would lose.
        return t.isEmpty() ? t : OptionalDouble.of(student().cumulativeProbability(-t.getAsDouble()));
    }

    private TDistribution student() {
        // Without a random generator: nothing is sampled.
        return new TDistribution(null, degreesOfFreedom());
    }
}
