package io.synthray.statistics.metric;

import java.util.OptionalDouble;

/**
 * Counts of a binary decision.
 *
 * @param truePositives positive cases called positive
 * @param falsePositives negative cases called positive
 * @param falseNegatives positive cases called negative
 * @param trueNegatives negative cases called negative
 */
public record Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    /** @throws IllegalArgumentException for a negative count */
    public Confusion {
        if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0 || trueNegatives < 0) {
            throw new IllegalArgumentException("counts: expected 0 or more each");
        }
    }

    /**
     * Calls a case positive where its score is at least the threshold.
     *
     * @param scores one a case, no NaN
     * @param truth whether each case is positive
     * @param threshold chosen on a validation split, never on the cases given here: see {@link Threshold}
     */
    public static Confusion at(double[] scores, boolean[] truth, double threshold) {
        Scores.check(scores, truth);
        boolean[] called = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            called[i] = scores[i] >= threshold;
        }
        return of(called, truth);
    }

    /**
     * Counts decisions that were made.
     *
     * @param called whether each case is called positive
     * @param truth whether each case is positive, as many
     * @throws IllegalArgumentException for arrays of different lengths
     */
    public static Confusion of(boolean[] called, boolean[] truth) {
        if (called.length != truth.length) {
            throw new IllegalArgumentException(
                    "expected as many calls as cases, found %d and %d".formatted(called.length, truth.length));
        }
        long[] counts = new long[4];
        for (int i = 0; i < called.length; i++) {
            counts[(called[i] ? 0 : 2) + (truth[i] ? 0 : 1)]++;
        }
        return new Confusion(counts[0], counts[1], counts[2], counts[3]);
    }

    /** Counts of both together. */
    public Confusion plus(Confusion other) {
        return new Confusion(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    /** Share of positive cases that are called positive (recall); empty without positive cases. */
    public OptionalDouble sensitivity() {
        return share(truePositives, truePositives + falseNegatives);
    }

    /** Share of negative cases that are called negative; empty without negative cases. */
    public OptionalDouble specificity() {
        return share(trueNegatives, trueNegatives + falsePositives);
    }

    /** Share of cases called positive that are; empty if none is called so. */
    public OptionalDouble precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** {@code 2 TP / (2 TP + FP + FN)}; 0 where nothing is positive and nothing is called so, as in scikit-learn's default. */
    public double f1() {
        return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
                .orElse(0);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
