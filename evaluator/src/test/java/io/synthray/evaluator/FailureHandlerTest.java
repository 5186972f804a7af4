package io.synthray.evaluator;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ConnectException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureHandlerTest {
    private final FailureHandler handler = new FailureHandler();

    static Stream<Throwable> passing() {
        return Stream.of(
                new StreamsException("sending", new TimeoutException("no answer")),
                new ProducerFencedException("somebody else"),
                new StreamsException("serialising", new RuntimeException(new ConnectException("Connection refused"))),
                new StreamsException(new RuntimeException(new java.util.concurrent.TimeoutException())));
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new StreamsException("processing", new IllegalStateException("a bug")),
                new NullPointerException(),
                new StreamsException(new AuthorizationException("may not")),
                new StreamsException(new RecordTooLargeException("2 MiB")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesIsTriedAgain(Throwable failure) {
        assertEquals(REPLACE_THREAD, handler.handle(failure));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatWouldHappenAgainEndsTheProcess(Throwable failure) {
        assertEquals(SHUTDOWN_CLIENT, handler.handle(failure));
    }
}
