package io.synthray.trainer.metric;

/** Where a probability becomes a yes. */
final class Threshold {
    private static final float YES = 0.5f;

    private Threshold() {}

    /** Whether a probability says yes: 0.5 or more. */
    static boolean passes(float probability) {
        return probability >= YES;
    }
}
