/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Steps after a future that keep two things which {@link CompletableFuture#thenCompose} loses: a failure arrives as it was
 * thrown, not wrapped, and cancelling the last future cancels the one that is at work.
 */
public final class Chain {

    private Chain() {}

    /** A second asynchronous step; what {@code next} throws fails the result. */
    public static <A, B> CompletableFuture<B> then(CompletableFuture<A> first, Function<A, CompletableFuture<B>> next) {
        CompletableFuture<B> result = new CompletableFuture<>();
        onDone(first, (value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            try {
                forward(next.apply(value), result);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        cancelWith(result, first);
        return result;
    }

    /** A second step that is done at once; what {@code next} throws fails the result. */
    public static <A, B> CompletableFuture<B> map(CompletableFuture<A> first, Function<A, B> next) {
        return then(first, value -> CompletableFuture.completedFuture(next.apply(value)));
    }

    /** The same value or failure, with what follows it on the executor. */
    public static <A> CompletableFuture<A> handOver(CompletableFuture<A> first, Executor executor) {
        CompletableFuture<A> result = new CompletableFuture<>();
        var unused = first.whenCompleteAsync((value, failure) -> complete(result, value, failure), executor);
        cancelWith(result, first);
        return result;
    }

    /** A value in place of one kind of failure. */
    static <A> CompletableFuture<A> orElse(
            CompletableFuture<A> first, Class<? extends Throwable> expected, A replacement) {
        CompletableFuture<A> result = new CompletableFuture<>();
        onDone(first, (value, failure) -> {
            if (expected.isInstance(failure)) {
                result.complete(replacement);
            } else if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value);
            }
        });
        cancelWith(result, first);
        return result;
    }

    private static <B> void forward(CompletableFuture<B> from, CompletableFuture<B> to) {
        onDone(from, (value, failure) -> complete(to, value, failure));
        cancelWith(to, from);
    }

    private static <A> void complete(CompletableFuture<A> future, A value, Throwable failure) {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(value);
        }
    }

    private static void cancelWith(CompletableFuture<?> outer, CompletableFuture<?> inner) {
        onCancel(outer, () -> inner.cancel(true));
    }

    /** Runs {@code step} when the future has ended in whatever way; the step must not throw, as nobody would see it. */
    static <A> void onDone(CompletableFuture<A> future, BiConsumer<A, Throwable> step) {
        var unused = future.whenComplete(step);
    }

    /** Runs {@code step} if the future is cancelled; the step must not throw. */
    static void onCancel(CompletableFuture<?> future, Runnable step) {
        onDone(future, (value, failure) -> {
            if (future.isCancelled()) {
                step.run();
            }
        });
    }
}
