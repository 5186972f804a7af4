package io.synthray.generator.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrewTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
    private final Crew crew = new Crew(8, 8, clock::get);

    @Test
    void allAreNeededAtFirstAndFourWhenNothingComes() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), needed());
        later(Duration.ofSeconds(59));
        assertEquals(8, needed().size());
        later(Duration.ofSeconds(2));
        assertEquals(List.of(0, 1, 2, 3), needed());
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "8, 4", "9, 5", "16, 7", "17, 8", "1000, 8"})
    void asManyAreNeededAsHoldThreeSecondsOfWorkAndABatchMore(int aSecond, int members) {
        later(Duration.ofSeconds(61));
        work(aSecond, 30);
        assertEquals(members, needed().size());
    }

    @Test
    void whatIsNeededOnceStaysAMinute() {
        work(100, 10);
        work(1, 59);
        assertEquals(8, needed().size());
        work(1, 2);
        assertEquals(List.of(0, 1, 2, 3), needed());
    }

    @Test
    void oneMemberAloneStays() {
        Crew one = new Crew(1, 8, clock::get);
        later(Duration.ofHours(1));
        one.ended(8);
        assertTrue(one.needs(0));
    }

    @Test
    void whoWaitsIsCalledWhenNeededAndWhenAllAreDismissed() {
        later(Duration.ofSeconds(61));
        CompletableFuture<Void> fifth = waiting(4);
        CompletableFuture<Void> last = waiting(7);
        work(9, 20);
        assertTimeoutPreemptively(SOON, fifth::join);
        assertFalse(last.isDone());
        crew.dismiss();
        assertTimeoutPreemptively(SOON, last::join);
    }

    private void work(int aSecond, int seconds) {
        for (int i = 0; i < seconds; i++) {
            later(Duration.ofSeconds(1));
            crew.ended(aSecond);
        }
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
