/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.ExponentialBackoff;
import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.client.ResilientInferenceClient;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.server.InferenceServer;
import io.synthray.inference.server.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The shipped sampler in the embedded server, and what a server does whose samples take time. */
class EmbeddedSamplerTest extends ShippedSamplerContract {

    private static final ModelRef SAMPLER = ModelRef.latest("sampler");

    private InferenceServer server;

    @Override
    String start() {
        server = InferenceServer.start(ServerOptions.local(Repositories.SHIPPED).withThreads(2));
        return server.address();
    }

    @Override
    void stop() {
        server.close();
    }

    @Test
    void cancelledCallsCostNothing() {
        ServerOptions one = ServerOptions.local(Repositories.SHIPPED);
        try (InferenceServer slow = InferenceServer.start(one);
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(slow.address()))) {
            Sampler sampler = value(Sampler.connect(client, SAMPLER));
            long sample = elapsed(() -> value(sampler.sample(requests().numbered(1))));
            List<CompletableFuture<SampledImage>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(sampler.sample(requests().numbered(1)));
            }
            calls.forEach(call -> call.cancel(true));
            long next = elapsed(() -> value(sampler.sample(requests().numbered(1))));
            assertTrue(next < 40 * sample, next + " ns after 100 cancelled samples of " + sample + " ns");
        }
    }

    @Test
    void requestsAboveTheQueueAreRefusedAndComeBackLater() {
        ServerOptions narrow = ServerOptions.local(Repositories.SHIPPED).withQueue(1);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (InferenceServer slow = InferenceServer.start(narrow);
                InferenceClient once = new GrpcInferenceClient(InferenceClientConfig.of(slow.address()));
                InferenceClient again = new ResilientInferenceClient(
                        new GrpcInferenceClient(InferenceClientConfig.of(slow.address())),
                        new ExponentialBackoff(Duration.ofMillis(20), Duration.ofMillis(200), 1000, () -> 0.5),
                        timer)) {
            List<String> refusals = outcomes(once, 6).stream()
                    .filter(outcome -> !outcome.isEmpty())
                    .toList();
            assertTrue(!refusals.isEmpty() && refusals.size() <= 4, refusals.toString());
            refusals.forEach(refusal -> assertTrue(
                    refusal.contains("RESOURCE_EXHAUSTED: model sampler: the queue of requests is full"), refusal));
            outcomes(again, 6).forEach(outcome -> assertEquals("", outcome));
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void aServerThatEndsAnswersOrFailsEveryCall() {
        InferenceServer ending = InferenceServer.start(ServerOptions.local(Repositories.SHIPPED));
        try (InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(ending.address()))) {
            Sampler sampler = value(Sampler.connect(client, SAMPLER));
            List<CompletableFuture<SampledImage>> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                calls.add(sampler.sample(requests().numbered(i)));
            }
            value(calls.get(0));
            long closing = elapsed(ending::close);
            assertTrue(closing < Duration.ofSeconds(30).toNanos(), closing + " ns");
            calls.forEach(call -> outcome(call));
            assertTrue(outcome(sampler.sample(requests().numbered(1))).contains("UNAVAILABLE"));
        }
    }

    private List<String> outcomes(InferenceClient client, int count) {
        Sampler sampler = value(Sampler.connect(client, SAMPLER));
        List<CompletableFuture<SampledImage>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(sampler.sample(requests().numbered(i)));
        }
        return calls.stream().map(EmbeddedSamplerTest::outcome).toList();
    }

    /** Empty for an image; otherwise the message of a failure that passes. */
    private static String outcome(CompletableFuture<SampledImage> call) {
        try {
            call.get(180, TimeUnit.SECONDS);
            return "";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InferenceUnavailableException passing) {
                return passing.getMessage();
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("expected an answer or a failure, found none", e);
        }
    }

    private static long elapsed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
