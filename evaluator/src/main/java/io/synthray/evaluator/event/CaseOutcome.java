package io.synthray.evaluator.event;

/**
 * What a trial measured on one test case.
 *
 * @param patient hashed id of the case's patient
 * @param id hashed id of the case
 * @param target structure or class
 * @param value Dice or probability, 0..1; as reported, see {@link #isPlausible()}
 * @param truth whether the class is there; null for a structure
 * @param called whether the class was called; null for a structure, and where the trainer does not tell
 */
public record CaseOutcome(String patient, String id, String target, double value, Boolean truth, Boolean called) {
    /** Whether the value can be at all; one that cannot is never averaged. */
    public boolean isPlausible() {
        return value >= 0 && value <= 1;
    }
}
