package io.synthray.schemas.serde;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Tells a registry that is away from a schema that is not there. */
final class RegistryFailures {
    private RegistryFailures() {}

    /** Whether asking again later may help: the connection failed or the server did. */
    static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            if (cause instanceof java.io.EOFException) {
                return false;
            }
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("connection refused") || text.contains("connection was closed")) {
                return true;
            }
        }
        return false;
    }

    /** The innermost cause in one line. */
    static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return (cause.getClass().getSimpleName() + message).replace('\n', ' ');
    }
}
