package io.synthray.trainer.engine;

/** The training engine's native library cannot be used on this machine; the message says why. */
public final class EngineUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
