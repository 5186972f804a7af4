package io.synthray.fidelity;

/**
 * An estimate from a sample.
 *
 * @param value the estimate
 * @param standardError its standard error over the images of the sample, the other side held fixed
 */
public record Estimate(double value, double standardError) {
    /** A share of n images. */
    static Estimate share(long hits, int n) {
        double share = (double) hits / n;
        return new Estimate(share, Math.sqrt(share * (1 - share) / n));
    }

    /** The mean of integers, divided by a number; the standard error has the divisor n - 1. */
    static Estimate mean(int[] values, double divisor) {
        double sum = 0;
        for (int value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (int value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        return new Estimate(mean / divisor, error / divisor);
    }
}
