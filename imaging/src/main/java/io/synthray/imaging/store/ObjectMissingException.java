package io.synthray.imaging.store;

/** The store works, but has no such object; asking again does not help. */
public final class ObjectMissingException extends StoreException {

    private static final long serialVersionUID = 1L;

    ObjectMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
