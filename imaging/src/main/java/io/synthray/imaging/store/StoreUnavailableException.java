package io.synthray.imaging.store;

/** The store cannot be read or written at present (disk full, no permission, not mounted): worth another try. */
public final class StoreUnavailableException extends StoreException {

    private static final long serialVersionUID = 1L;

    StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
