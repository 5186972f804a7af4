package io.synthray.generator.request;

/** The record is no generation request; the message says in one line what was expected and what was found. */
final class UnreadableRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
