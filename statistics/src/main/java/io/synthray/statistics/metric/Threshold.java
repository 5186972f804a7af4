package io.synthray.statistics.metric;

/** Choice of a decision threshold. It is made on a validation split; a threshold that has seen the test split flatters it. */
public final class Threshold {
    private Threshold() {}

    /**
     * The threshold, among the scores given, whose F1 is largest; the highest of those where several are, and positive infinity (nothing is
     * called positive) without positive cases.
     *
     * @param scores of the validation split, no NaN
     * @param truth of the validation split
     */
    public static double ofLargestF1(double[] scores, boolean[] truth) {
        Scores.check(scores, truth);
        int[] order = Scores.descending(scores);
        long positives = 0;
        for (boolean positive : truth) {
            positives += positive ? 1 : 0;
        }
        double best = 0;
        double threshold = Double.POSITIVE_INFINITY;
        long found = 0;
        for (int i = 0; i < order.length; i++) {
            found += truth[order[i]] ? 1 : 0;
            boolean endOfTie = i + 1 == order.length || scores[order[i + 1]] < scores[order[i]];
            double f1 = 2.0 * found / (positives + i + 1);
            if (endOfTie && f1 > best) {
                best = f1;
                threshold = scores[order[i]];
            }
        }
        return threshold;
    }
}
