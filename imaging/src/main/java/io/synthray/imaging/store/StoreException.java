package io.synthray.imaging.store;

/** A store could not do what was asked. The subtypes tell whether asking again can help. */
public abstract sealed class StoreException extends RuntimeException
        permits ObjectMissingException, ObjectCorruptException, StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
