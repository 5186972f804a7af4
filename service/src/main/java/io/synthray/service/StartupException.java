package io.synthray.service;

/** A service cannot start; the message says why in words for whoever started it. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was expected, what was found */
    public StartupException(String message) {
        super(message);
    }

    /** @param message what was expected, what was found */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
