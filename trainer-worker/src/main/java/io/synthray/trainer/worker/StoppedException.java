package io.synthray.trainer.worker;

/** The worker stops while something is still to do; its record goes back to the share group. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("the worker stops");
    }
}
