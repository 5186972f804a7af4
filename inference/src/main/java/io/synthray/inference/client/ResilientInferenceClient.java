/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.synthray.inference.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Repeats calls that failed for a reason that passes. What is wrong with the request itself is reported at once, and
 * health is asked once: whoever asks wants to know how things stand now.
 */
public final class ResilientInferenceClient implements InferenceClient {

    private final InferenceClient delegate;
    private final Backoff backoff;
    private final ScheduledExecutorService timer;

    /**
     * Decorates a client.
     *
     * @param delegate makes the calls; closed with this client
     * @param backoff how long to wait, and when to give up
     * @param timer waits; remains the caller's to shut down
     */
    public ResilientInferenceClient(InferenceClient delegate, Backoff backoff, ScheduledExecutorService timer) {
        this.delegate = delegate;
        this.backoff = backoff;
        this.timer = timer;
    }

    @Override
    public String server() {
        return delegate.server();
    }

    @Override
    public CompletableFuture<String> identity() {
        return repeated(delegate::identity);
    }

    @Override
    public CompletableFuture<Boolean> isLive() {
        return delegate.isLive();
    }

    @Override
    public CompletableFuture<Boolean> isReady() {
        return delegate.isReady();
    }

    @Override
    public CompletableFuture<Boolean> isModelReady(ModelRef model) {
        return delegate.isModelReady(model);
    }

    @Override
    public CompletableFuture<ModelDescription> describe(ModelRef model) {
        return repeated(() -> delegate.describe(model));
    }

    @Override
    public CompletableFuture<Inference> infer(ModelRef model, Map<String, Tensor> inputs, List<String> outputs) {
        return repeated(() -> delegate.infer(model, inputs, outputs));
    }

    @Override
    public void close() {
        delegate.close();
    }

    private <T> CompletableFuture<T> repeated(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        AtomicReference<CompletableFuture<T>> current = new AtomicReference<>();
        attempt(call, result, current, 1);
        Chain.onCancel(result, () -> current.get().cancel(true));
        return result;
    }

    private <T> void attempt(
            Supplier<CompletableFuture<T>> call,
            CompletableFuture<T> result,
            AtomicReference<CompletableFuture<T>> current,
            int number) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> answer = call.get();
        current.set(answer);
        if (result.isDone()) {
            answer.cancel(true);
            return;
        }
        Chain.onDone(answer, (value, failure) -> {
            if (failure == null) {
                result.complete(value);
                return;
            }
            Optional<Duration> wait =
                    failure instanceof InferenceUnavailableException ? backoff.delayAfter(number) : Optional.empty();
            if (wait.isEmpty() || !later(wait.get(), () -> attempt(call, result, current, number + 1))) {
                result.completeExceptionally(failure);
            }
        });
    }

    /** False if the timer has been shut down. */
    private boolean later(Duration delay, Runnable attempt) {
        try {
            Future<?> unused = timer.schedule(attempt, delay.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
