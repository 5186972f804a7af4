package io.synthray.statistics;

import java.util.List;
import java.util.Optional;

/**
 * Welch's t-test of two independent samples of unequal variances, one-tailed (B. L. Welch, The generalization of Student's problem,
 * Biometrika 34, 1947; degrees of freedom by F. E. Satterthwaite, 1946).
 *
 * @param difference mean of the arm minus mean of the reference
 * @param standardError of the difference, above 0
 * @param t {@code (difference + margin) / standardError}
 * @param df degrees of freedom
 * @param oneTailedP upper tail probability of t
 */
public record Welch(double difference, double standardError, double t, double df, double oneTailedP) {
    /**
     * The test; empty where a sample has fewer than two values or neither varies.
     *
     * @param arm finite values
     * @param reference finite values
     * @param margin 0 for superiority, more for non-inferiority
     */
    public static Optional<Welch> of(List<Double> arm, List<Double> reference, double margin) {
        if (arm.size() < 2
                || reference.size() < 2
                || (new PairedDifferences(arm).allEqual() && new PairedDifferences(reference).allEqual())) {
            return Optional.empty();
        }
        double ofArm = Sample.variance(arm) / arm.size();
        double ofReference = Sample.variance(reference) / reference.size();
        double both = ofArm + ofReference;
        double df =
                both * both / (ofArm * ofArm / (arm.size() - 1) + ofReference * ofReference / (reference.size() - 1));
        double difference = Sample.mean(arm) - Sample.mean(reference);
        double standardError = Math.sqrt(both);
        double t = (difference + margin) / standardError;
        return Optional.of(new Welch(difference, standardError, t, df, new StudentT(df).upperTail(t)));
    }

    /**
     * Two-sided confidence interval of the difference.
     *
     * @param error chance of missing it, above 0 and below 1
     */
    public Interval interval(double error) {
        double half = new StudentT(df).critical(error / 2) * standardError;
        return new Interval(difference - half, difference + half);
    }
}
