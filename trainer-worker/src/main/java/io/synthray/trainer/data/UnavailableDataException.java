package io.synthray.trainer.data;

/** A trial's data cannot be read at present; waiting may help. The message names what did not answer. */
public final class UnavailableDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what did not answer */
    public UnavailableDataException(String message) {
        super(message);
    }

    /**
     * @param message what did not answer
     * @param cause the client's own error
     */
    public UnavailableDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
