/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import static io.synthray.inference.fixture.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChainTest {

    private final CompletableFuture<Integer> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> second = new CompletableFuture<>();
    private final CompletableFuture<Integer> both = Chain.then(first, value -> second);

    @Test
    void passesValuesOn() {
        first.complete(1);
        assertFalse(both.isDone());
        second.complete(2);
        assertEquals(2, both.join());
        assertEquals(4, Chain.map(both, value -> 2 * value).join());
    }

    @Test
    void failuresArriveAsTheyWereThrown() {
        IllegalStateException thrown = new IllegalStateException("x");
        first.completeExceptionally(thrown);
        assertSame(thrown, failure(IllegalStateException.class, both));
        assertSame(
                thrown, failure(IllegalStateException.class, Chain.map(CompletableFuture.completedFuture(1), value -> {
                    throw thrown;
                })));
    }

    @Test
    void cancellingTheLastCancelsTheOneAtWork() {
        first.complete(1);
        both.cancel(true);
        assertTrue(second.isCancelled());
        CompletableFuture<Integer> open = new CompletableFuture<>();
        Chain.map(open, value -> value).cancel(true);
        assertTrue(open.isCancelled());
    }

    @Test
    void whatFollowsAHandOverRunsOnTheExecutor() {
        List<Runnable> tasks = new ArrayList<>();
        List<Integer> followed = new ArrayList<>();
        var unused = Chain.handOver(first, tasks::add).thenAccept(followed::add);
        first.complete(3);
        assertEquals(List.of(), followed);
        tasks.forEach(Runnable::run);
        assertEquals(List.of(3), followed);
    }

    @Test
    void aHandOverKeepsFailuresAndCancelsWhatIsAtWork() {
        IllegalStateException thrown = new IllegalStateException("x");
        assertSame(
                thrown,
                failure(
                        IllegalStateException.class,
                        Chain.handOver(CompletableFuture.failedFuture(thrown), Runnable::run)));
        CompletableFuture<Integer> open = new CompletableFuture<>();
        Chain.handOver(open, Runnable::run).cancel(true);
        assertTrue(open.isCancelled());
    }

    @Test
    void onlyTheExpectedFailureIsReplaced() {
        first.completeExceptionally(new IllegalStateException("x"));
        assertEquals(7, Chain.orElse(first, IllegalStateException.class, 7).join());
        failure(IllegalStateException.class, Chain.orElse(first, IllegalArgumentException.class, 7));
    }
}
