package io.synthray.imaging.store;

/** The object's content does not have the expected hash; asking again does not help. */
public final class ObjectCorruptException extends StoreException {

    private static final long serialVersionUID = 1L;

    ObjectCorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
