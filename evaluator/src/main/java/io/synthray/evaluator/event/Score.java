package io.synthray.evaluator.event;

/**
 * One figure on the test split.
 *
 * @param metric for instance {@code dice} or {@code f1}
 * @param target structure or class; null: mean over all
 * @param subgroup test cases that it speaks of, {@code attribute=value}; null: all
 * @param cases test cases in the subgroup; null: all
 * @param value as reported
 */
public record Score(String metric, String target, String subgroup, Integer cases, double value) {
    /** What the score is of, for the reader. */
    public String name() {
        return metric + (target == null ? "" : " of " + target) + (subgroup == null ? "" : " in " + subgroup);
    }
}
