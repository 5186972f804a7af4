package io.synthray.trainer.data;

/**
 * A trial's data is not what the trial says, and waiting will not help. The message says what was expected and what was found, and
 * names no image or patient.
 */
public final class UnusableDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was expected and what was found */
    public UnusableDataException(String message) {
        super(message);
    }

    /**
     * @param message what was expected and what was found
     * @param cause the reader's own error
     */
    public UnusableDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
