package io.synthray.trainer.engine;

/** A network that cannot be built; the message says what was expected and what was found. */
public final class UnsupportedNetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedNetworkException(String message) {
        super(message);
    }
}
