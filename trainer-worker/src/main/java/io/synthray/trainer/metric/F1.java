package io.synthray.trainer.metric;

/**
 * The F1 score 2 TP / (2 TP + FP + FN) of one class over cases; 0 where there is neither a positive nor a predicted case, as
 * scikit-learn's {@code f1_score(zero_division=0)}.
 */
final class F1 {
    private int truePositives;
    private int errors;

    void add(boolean predicted, boolean positive) {
        if (predicted && positive) {
            truePositives++;
        } else if (predicted != positive) {
            errors++;
        }
    }

    double value() {
        int denominator = 2 * truePositives + errors;
        return denominator == 0 ? 0 : 2.0 * truePositives / denominator;
    }
}
