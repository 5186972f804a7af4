package io.synthray.generator.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final AtomicLong clock = new AtomicLong();
    private final Admission admission =
            new Admission(new LimitController(new Bounds(2, 2, 2, Duration.ZERO)), () -> clock.addAndGet(1_000_000));

    @Test
    void letsAsManyThroughAsTheLimitSays() {
        CompletableFuture<Permit> first = admission.enter("a");
        CompletableFuture<Permit> second = admission.enter("a");
        CompletableFuture<Permit> third = admission.enter("a");
        assertTrue(first.isDone() && second.isDone());
        assertFalse(third.isDone());
        assertEquals(2, admission.inFlight());
        first.join().sampled();
        assertTrue(third.isDone());
        first.join().sampled();
        first.join().unused();
        assertEquals(2, admission.inFlight(), "a permit counts once");
    }

    @Test
    void studiesTakeTurnsWhateverTheirQueues() {
        CompletableFuture<Permit> running = admission.enter("big");
        admission.enter("big").join();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            enter("big", order);
        }
        for (int i = 0; i < 5; i++) {
            enter("small", order);
        }
        running.join().sampled();
        assertEquals(5, order.subList(0, 10).stream().filter("small"::equals).count(), order.toString());
        assertEquals(25, order.size());
    }

    @Test
    void aStudyThatAsksOneByOneTakesTurnsToo() {
        CompletableFuture<Permit> one = admission.enter("big");
        admission.enter("big").join();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            enter("big", order);
        }
        enterAgain("small", order, 10);
        one.join().sampled();
        long small = order.subList(0, 12).stream().filter("small"::equals).count();
        assertTrue(small >= 5 && small <= 7, order.toString());
    }

    @Test
    void whoLeavesTheQueueTakesNoTurn() {
        CompletableFuture<Permit> first = admission.enter("a");
        admission.enter("a").join();
        CompletableFuture<Permit> left = admission.enter("a");
        CompletableFuture<Permit> next = admission.enter("a");
        left.cancel(false);
        first.join().refused();
        assertTrue(next.isDone());
        assertEquals(2, admission.inFlight());
    }

    /** Notes its turn and ends at once. */
    private void enter(String study, List<String> order) {
        var unused = admission.enter(study).thenAccept(permit -> {
            order.add(study);
            permit.sampled();
        });
    }

    private void enterAgain(String study, List<String> order, int times) {
        var unused = admission.enter(study).thenAccept(permit -> {
            order.add(study);
            if (times > 1) {
                enterAgain(study, order, times - 1);
            }
            permit.sampled();
        });
    }
}
