package io.synthray.generator.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingTest {
    private final Claim claim = new Claim();
    private final Dependency dependency = new Dependency("server", IllegalStateException.class::isInstance);

    @Test
    void repeatsWhatMayPassAndTellsHowTheDependencyDoes() {
        AtomicInteger tries = new AtomicInteger();
        int answer = retrying(Duration.ofMillis(1))
                .answer(claim, dependency, () -> {
                    if (tries.incrementAndGet() == 3) {
                        assertEquals(Optional.of("away 2"), dependency.failure());
                        return CompletableFuture.completedFuture(42);
                    }
                    return CompletableFuture.failedFuture(new IllegalStateException("away " + tries));
                })
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertEquals(42, answer);
        assertEquals(3, tries.get());
        assertEquals(Optional.empty(), dependency.failure());
    }

    @Test
    void passesOnAtOnceWhatStays() {
        CompletableFuture<Integer> answer = retrying(Duration.ofDays(1)).answer(claim, dependency, () -> {
            throw new IllegalArgumentException("never");
        });
        CompletionException failure =
                assertThrows(CompletionException.class, answer.orTimeout(10, TimeUnit.SECONDS)::join);
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    }

    @Test
    void aRecordThatIsGivenUpEndsTheWait() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        CompletableFuture<Integer> answer = retrying(Duration.ofDays(1)).answer(claim, dependency, () -> {
            tries.incrementAndGet();
            throw new IllegalStateException("away");
        });
        while (dependency.failure().isEmpty()) {
            Thread.sleep(1);
        }
        claim.giveUp();
        CompletionException failure =
                assertThrows(CompletionException.class, answer.orTimeout(10, TimeUnit.SECONDS)::join);
        assertInstanceOf(GivenUpException.class, failure.getCause());
        assertEquals(1, tries.get());
    }

    @Test
    void whatWaitsElsewhereIsCancelledWhenTheRecordIsGivenUp() {
        CompletableFuture<String> waiting = claim.guard(new CompletableFuture<>());
        claim.giveUp();
        assertTrue(waiting.isCancelled());
        assertTrue(claim.guard(new CompletableFuture<>()).isCancelled(), "also when that was before");
    }

    private static Retrying retrying(Duration wait) {
        return new Retrying(ForkJoinPool.commonPool(), failures -> Optional.of(wait));
    }
}
