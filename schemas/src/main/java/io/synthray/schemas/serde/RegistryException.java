package io.synthray.schemas.serde;

/** The schema registry did not answer or refused a schema; the message names its address and the subject. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
