package io.synthray.trainer.engine;

/** Weights that do not belong to the network; the message says what was expected and what was found. */
public final class UnusableWeightsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableWeightsException(String message) {
        super(message);
    }
}
