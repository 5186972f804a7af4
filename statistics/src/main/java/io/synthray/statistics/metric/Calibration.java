package io.synthray.statistics.metric;

/** Whether probabilities mean what they say. */
public final class Calibration {
    private Calibration() {}

    /**
     * Expected calibration error: over bins of equal width, the mean of |mean probability - share of positive cases|, weighted by cases (M.
     * P. Naeini et al., Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015). A probability on an edge belongs to
     * the bin below it, but for 0.
     *
     * @param probabilities of being positive, 0..1; one case or more
     * @param truth whether each case is positive
     * @param bins 1 or more; 10 or 15 are usual
     * @return 0..1, 0 is best
     */
    public static double expectedError(double[] probabilities, boolean[] truth, int bins) {
        Scores.check(probabilities, truth);
        if (probabilities.length == 0 || bins < 1) {
            throw new IllegalArgumentException(
                    "%d cases in %d bins: expected 1 or more of each".formatted(probabilities.length, bins));
        }
        // The sum over a bin of (probability - truth) is its cases times the difference of its means.
        double[] excess = new double[bins];
        for (int i = 0; i < probabilities.length; i++) {
            excess[bin(probabilities[i], bins)] += probabilities[i] - (truth[i] ? 1 : 0);
        }
        double sum = 0;
        for (double each : excess) {
            sum += Math.abs(each);
        }
        return sum / probabilities.length;
    }

    private static int bin(double probability, int bins) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability + ": expected 0..1");
        }
        int bin = Math.max(0, Math.min(bins - 1, (int) Math.ceil(probability * bins) - 1));
        // The product may round to the other side of an edge.
        while (bin > 0 && probability <= (double) bin / bins) {
            bin--;
        }
        while (bin < bins - 1 && probability > (double) (bin + 1) / bins) {
            bin++;
        }
        return bin;
    }
}
