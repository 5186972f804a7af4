package io.synthray.statistics.metric;

import java.util.OptionalDouble;

/**
 * How well scores put positive cases above negative ones, at all thresholds at once.
 *
 * @param auroc area under the receiver operating characteristic: chance that a positive case scores above a negative one, ties counting
 *     half; empty where a class is missing
 * @param auprc area under the precision-recall curve as average precision, the mean of precision over the positive cases without
 *     interpolation; empty without positive cases
 */
public record Ranking(OptionalDouble auroc, OptionalDouble auprc) {
    /**
     * Both areas.
     *
     * @param scores one a case, no NaN
     * @param truth whether each case is positive
     */
    public static Ranking of(double[] scores, boolean[] truth) {
        Scores.check(scores, truth);
        int[] order = Scores.descending(scores);
        long positives = 0;
        for (boolean positive : truth) {
            positives += positive ? 1 : 0;
        }
        long negatives = truth.length - positives;
        long found = 0;
        long passed = 0;
        double concordant = 0;
        double precision = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long inTie = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                inTie += truth[order[to]] ? 1 : 0;
                to++;
            }
            long negativesInTie = to - from - inTie;
            concordant += inTie * (negatives - passed - negativesInTie) + 0.5 * inTie * negativesInTie;
            found += inTie;
            passed += negativesInTie;
            precision += (double) inTie * found / (found + passed);
            from = to;
        }
        return new Ranking(
                positives == 0 || negatives == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(concordant / ((double) positives * negatives)),
                positives == 0 ? OptionalDouble.empty() : OptionalDouble.of(precision / positives));
    }
}
