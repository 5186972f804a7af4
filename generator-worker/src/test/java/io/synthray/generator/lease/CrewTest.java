package io.synthray.generator.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicInteger limit = new AtomicInteger(4);
    private final Crew crew = new Crew(8, 8, limit::get, clock::get);

    @Test
    void allAreNeededAtFirstAndTwoWhenNothingComes() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), needed());
        later(Duration.ofSeconds(59));
        assertEquals(8, needed().size());
        later(Duration.ofSeconds(2));
        assertEquals(List.of(0, 1), needed());
    }

    @Test
    void asManyAreNeededAsHoldTwiceTheSamplesInFlight() {
        later(Duration.ofSeconds(61));
        limit.set(13);
        crew.working();
        assertEquals(List.of(0, 1, 2, 3), needed());
        limit.set(64);
        crew.working();
        assertEquals(8, needed().size());
        limit.set(1);
        later(Duration.ofSeconds(59));
        crew.working();
        assertEquals(8, needed().size(), "the limit may come back");
        later(Duration.ofSeconds(2));
        assertEquals(List.of(0, 1), needed());
    }

    @Test
    void oneMemberAloneStays() {
        Crew one = new Crew(1, 8, () -> 64, clock::get);
        later(Duration.ofHours(1));
        one.working();
        assertTrue(one.needs(0));
    }

    @Test
    void whoWaitsIsCalledWhenNeededAndWhenAllAreDismissed() {
        later(Duration.ofSeconds(61));
        CompletableFuture<Void> third = waiting(2);
        CompletableFuture<Void> last = waiting(7);
        limit.set(12);
        crew.working();
        assertTimeoutPreemptively(SOON, third::join);
        assertTrue(!last.isDone());
        crew.dismiss();
        assertTimeoutPreemptively(SOON, last::join);
    }

    private CompletableFuture<Void> waiting(int member) {
        return CompletableFuture.runAsync(() -> {
            try {
                crew.awaitNeed(member);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void later(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private List<Integer> needed() {
        return IntStream.range(0, 8).filter(crew::needs).boxed().toList();
    }
}
