package io.synthray.statistics;

import java.util.List;

/** Moments of a sample from exact sums. */
final class Sample {
    private Sample() {}

    static double mean(List<Double> values) {
        ExactSum sum = new ExactSum();
        values.forEach(sum::add);
        return sum.value() / values.size();
    }

    /** With divisor n - 1; two values or more. */
    static double variance(List<Double> values) {
        double mean = mean(values);
        ExactSum squares = new ExactSum();
        ExactSum deviations = new ExactSum();
        for (double value : values) {
            squares.add((value - mean) * (value - mean));
            deviations.add(value - mean);
        }
        // The mean is rounded; what its rounding adds to the squares is taken off (T. F. Chan et al., The American
        // Statistician 37, 1983).
        double shift = deviations.value();
        return (squares.value() - shift * shift / values.size()) / (values.size() - 1);
    }
}
