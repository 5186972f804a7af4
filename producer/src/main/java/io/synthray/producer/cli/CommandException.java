package io.synthray.producer.cli;

/** A command cannot do what it was asked to; the message, written for the user, is printed and the exit code is 1. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was expected, what was found; no stack trace goes with it */
    public CommandException(String message) {
        super(message);
    }

    /** @param cause is logged by nobody; say in the message what matters */
    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
