package io.synthray.generator.retry;

/** The work was given up before it began or between two tries: the worker stops, or somebody else has the record. */
public final class GivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUpException() {
        super("given up");
    }
}
