package io.synthray.evaluator;

/** The evaluator cannot start; the message says why in words for the operator. */
final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartupException(String message) {
        super(message);
    }
}
