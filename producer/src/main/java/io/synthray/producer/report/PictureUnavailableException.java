package io.synthray.producer.report;

/** A picture cannot be shown; the message says why, without ids of patients. */
final class PictureUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PictureUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
