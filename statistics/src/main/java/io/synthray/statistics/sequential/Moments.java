package io.synthray.statistics.sequential;

import io.synthray.statistics.ExactSum;
import java.util.List;

/**
 * What the sequential tests know of the first n differences. The tests use {@link #direction} alone, which no change of unit changes;
 * that is what makes them independent of the unknown spread.
 *
 * @param n number of differences, 1 or more
 * @param mean their mean, margin included
 * @param centred sum of squared deviations from their mean
 */
record Moments(int n, double mean, double centred) {
    /** Moments of (difference + margin), from exact sums. */
    static Moments of(List<Double> differences, double margin) {
        ExactSum sum = new ExactSum();
        differences.forEach(d -> sum.add(d + margin));
        double mean = sum.value() / differences.size();
        ExactSum squares = new ExactSum();
        differences.forEach(d -> squares.add((d + margin - mean) * (d + margin - mean)));
        return new Moments(differences.size(), mean, squares.value());
    }

    /**
     * {@code sum / sqrt(sum of squares)}, from -sqrt(n) to sqrt(n): a monotone function of t. 0 where all are 0, which says nothing
     * either way.
     */
    double direction() {
        double squares = centred + n * mean * mean;
        return squares > 0 ? n * mean / Math.sqrt(squares) : 0;
    }
}
