package io.synthray.producer.broker;

/** The broker stopped answering in the middle of something; the message says what, and what to do. */
public final class PlatformUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for the user */
    public PlatformUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
