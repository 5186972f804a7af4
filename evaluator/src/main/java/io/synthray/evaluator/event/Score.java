package io.synthray.evaluator.event;

/**
 * One figure on the test split.
 *
 * @param metric {@code dice} or {@code f1}
 * @param target structure or class; null: mean over all
 * @param value 0..1; NaN where the trainer could not tell
 */
public record Score(String metric, String target, double value) {}
