package io.synthray.statistics.sequential;

import java.util.OptionalDouble;

/**
 * When a plan stops early.
 *
 * @param benefit whether to stop once the null hypothesis is rejected
 * @param curtailment of the sequentialised t-test: conditional rejection probability at which it rejects before the planned number of
 *     repeats, above 0 and below 1. The t-test's level is multiplied by it, which pays for the early looks
 * @param futility e-value at or below which to give up, above 0 and below 1; empty: never
 */
public record Stopping(boolean benefit, double curtailment, OptionalDouble futility) {
    /** Repeats whose trials are begun beyond those that have ended: what a stop cannot save. Fewer would leave trainers idle. */
    public static final int REPEATS_AHEAD = 2;

    /** Every planned repeat is made. */
    public static final Stopping NEVER = new Stopping(false, 0.95, OptionalDouble.empty());

    /** @throws IllegalArgumentException for numbers out of range */
    public Stopping {
        if (!(curtailment > 0 && curtailment < 1)) {
            throw new IllegalArgumentException("curtailment " + curtailment + ": expected above 0 and below 1");
        }
        if (futility.isPresent() && !(futility.getAsDouble() > 0 && futility.getAsDouble() < 1)) {
            throw new IllegalArgumentException("futility " + futility.getAsDouble() + ": expected above 0 and below 1");
        }
    }
}
