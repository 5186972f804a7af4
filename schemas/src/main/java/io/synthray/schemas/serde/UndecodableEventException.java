package io.synthray.schemas.serde;

/** A record's value cannot be read as its topic's event; the message says what was expected and what was found. */
public final class UndecodableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecodableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
