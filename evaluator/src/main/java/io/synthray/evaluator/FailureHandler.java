package io.synthray.evaluator;

import io.synthray.schemas.serde.RegistryException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * What becomes of a stream thread that met an error. Outages of broker and registry pass: a new thread takes the work up where
 * it was committed. Everything else would happen again: the process ends with the cause in its log.
 */
final class FailureHandler implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(FailureHandler.class);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isTransient(cause)) {
                LOG.warnf("a stream thread is replaced: %s", cause.toString());
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
        }
        LOG.error("the stream cannot go on", failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isTransient(Throwable cause) {
        if (cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof RecordTooLargeException) {
            return false;
        }
        return cause instanceof RegistryException
                || cause instanceof ApiException
                || cause instanceof TimeoutException
                || cause instanceof SocketException
                || cause instanceof UnknownHostException;
    }
}
