/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.synthray.inference.fixture.ScriptedServer;
import io.synthray.inference.proto.ModelInferResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retries over real calls to a server that fails as it is told. */
class ResilientInferenceClientTest {

    private static final ModelRef MODEL = new ModelRef("m", "1");
    private static final ModelInferResponse ANSWER = ModelInferResponse.newBuilder()
            .setModelName("m")
            .setModelVersion("1")
            .build();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedServer server = ScriptedServer.start();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private InferenceClient client = client(Duration.ofSeconds(30), failures -> Optional.of(Duration.ofMillis(5)));

    @AfterEach
    void close() {
        client.close();
        server.close();
        timer.shutdownNow();
    }

    @Test
    void waitsFailuresOutThatPass() {
        server.thenFail(Status.UNAVAILABLE)
                .thenFail(Status.RESOURCE_EXHAUSTED)
                .thenFail(Status.ABORTED)
                .thenAnswer(ANSWER);
        assertEquals(MODEL, value(infer()).model());
        assertEquals(4, server.calls());
        assertEquals(List.of(1, 2, 3), asked);
    }

    @Test
    void reportsAtOnceWhatStays() {
        server.thenFail(Status.INVALID_ARGUMENT.withDescription("noise")).thenAnswer(ANSWER);
        assertEquals(
                "inference with model m/1 at " + server.address() + ": INVALID_ARGUMENT: noise",
                failure(InferenceRejectedException.class, infer()).getMessage());
        assertEquals(1, server.calls());
        assertEquals(List.of(), asked);
    }

    @Test
    void reportsAFailureThatStaysBehindOneThatPassed() {
        server.thenFail(Status.UNAVAILABLE).thenFail(Status.NOT_FOUND).thenAnswer(ANSWER);
        failure(InferenceRejectedException.class, infer());
        assertEquals(2, server.calls());
    }

    @Test
    void givesUpWhenTheBackoffDoes() {
        use(Duration.ofSeconds(30), failures -> failures < 3 ? Optional.of(Duration.ZERO) : Optional.empty());
        for (int i = 1; i <= 4; i++) {
            server.thenFail(Status.UNAVAILABLE.withDescription("try " + i));
        }
        InferenceUnavailableException last = failure(InferenceUnavailableException.class, infer());
        assertTrue(last.getMessage().endsWith("UNAVAILABLE: try 3"), last.getMessage());
        assertEquals(3, server.calls());
    }

    @Test
    void waitsAsLongAsTheBackoffSays() {
        use(Duration.ofSeconds(30), failures -> Optional.of(Duration.ofMillis(300)));
        server.thenFail(Status.UNAVAILABLE).thenAnswer(ANSWER);
        long start = System.nanoTime();
        value(infer());
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(300).toNanos());
    }

    @Test
    void everyTryHasItsOwnDeadline() {
        use(Duration.ofMillis(300), failures -> failures < 2 ? Optional.of(Duration.ZERO) : Optional.empty());
        long start = System.nanoTime();
        InferenceUnavailableException late = failure(InferenceUnavailableException.class, infer());
        assertTrue(late.getMessage().contains("DEADLINE_EXCEEDED"), late.getMessage());
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(550).toNanos());
        assertEquals(2, asked.size());
    }

    @Test
    void aCallThatIsNoLongerWantedEndsOnTheServer() {
        CompletableFuture<Inference> call = infer();
        while (server.calls() == 0) {
            Thread.onSpinWait();
        }
        call.cancel(true);
        value(server.cancelled());
        assertEquals(List.of(), asked);
    }

    @Test
    void aCallCancelledBetweenTriesIsNotTriedAgain() throws InterruptedException {
        use(Duration.ofSeconds(30), failures -> Optional.of(Duration.ofSeconds(2)));
        server.thenFail(Status.UNAVAILABLE).thenAnswer(ANSWER);
        CompletableFuture<Inference> call = infer();
        while (asked.isEmpty()) {
            Thread.sleep(1);
        }
        call.cancel(true);
        Thread.sleep(2500);
        assertEquals(1, server.calls());
    }

    @Test
    void aTimerThatHasEndedLeavesTheFailure() {
        timer.shutdownNow();
        server.thenFail(Status.UNAVAILABLE.withDescription("gone"));
        assertTrue(failure(InferenceUnavailableException.class, infer())
                .getMessage()
                .endsWith("gone"));
    }

    @Test
    void healthIsAskedOnce() {
        assertFalse(value(client.isLive()));
        assertEquals(1, server.calls());
        assertEquals(List.of(), asked);
    }

    @Test
    void aServerThatIsNotThereIsNotLiveAndNotReady() {
        server.close();
        assertFalse(value(client.isLive()));
        assertFalse(value(client.isReady()));
        assertFalse(value(client.isModelReady(MODEL)));
        use(Duration.ofSeconds(30), failures -> Optional.empty());
        InferenceUnavailableException gone =
                failure(InferenceUnavailableException.class, client.describe(ModelRef.latest("m")));
        assertTrue(
                gone.getMessage().startsWith("description of model m at " + server.address() + ": UNAVAILABLE"),
                gone.getMessage());
    }

    private CompletableFuture<Inference> infer() {
        return client.infer(MODEL, Map.of(), List.of());
    }

    private void use(Duration deadline, Backoff backoff) {
        client.close();
        client = client(deadline, backoff);
    }

    private InferenceClient client(Duration deadline, Backoff backoff) {
        return new ResilientInferenceClient(
                new GrpcInferenceClient(
                        InferenceClientConfig.of(server.address()).withDeadline(deadline)),
                failures -> {
                    asked.add(failures);
                    return backoff.delayAfter(failures);
                },
                timer);
    }
}
