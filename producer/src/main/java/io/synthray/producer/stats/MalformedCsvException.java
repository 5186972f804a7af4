package io.synthray.producer.stats;

/** A file of measurements that cannot be used; the message names line, column, what was expected and what was found. */
public final class MalformedCsvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedCsvException(String message) {
        super(message);
    }

    MalformedCsvException(String message, Throwable cause) {
        super(message, cause);
    }
}
