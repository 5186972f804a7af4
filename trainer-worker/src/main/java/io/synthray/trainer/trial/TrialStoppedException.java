package io.synthray.trainer.trial;

/** A training was ended before its last step because its observer said so. */
public final class TrialStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrialStoppedException(int step, int steps) {
        super("stopped after %d of %d steps".formatted(step, steps));
    }
}
