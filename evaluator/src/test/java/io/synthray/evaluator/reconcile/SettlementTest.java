package io.synthray.evaluator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.study.Unanswered.Kind;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final TopicPartition IMAGES = new TopicPartition("images", 0);
    private static final TopicPartition GATHERED = new TopicPartition("gathered", 0);

    private final Settlement settlement = new Settlement();

    @Test
    void nothingIsSettledBeforeTheAnswersAreCounted() {
        look(10, 100, 50, 99, 50);
        look(11, 120, 60, 100, 60);
        assertEquals(PassedBy.NOTHING, settlement.settled());
        look(12, 130, 70, 110, 69);
        assertEquals(PassedBy.NOTHING, settlement.settled());
        look(13, 140, 80, 120, 70);
        assertEquals(group(10), settlement.settled());
    }

    @Test
    void aQuietSystemSettlesWithinTwoLooks() {
        look(10, 100, 50, 100, 50);
        look(10, 100, 50, 100, 50);
        assertEquals(group(10), settlement.settled());
    }

    @Test
    void emptyPartitionsNeedNoCommit() {
        settlement.observe(new Observation(group(1), Map.of(), Map.of(), Map.of(), new Backlog(0, 0)));
        settlement.observe(new Observation(group(1), Map.of(), Map.of(), Map.of(), new Backlog(0, 0)));
        assertEquals(group(1), settlement.settled());
    }

    @Test
    void onlyRecordsBeforeTheOffsetAreBehind() {
        assertTrue(group(10).isBehind(Kind.IMAGE, new Position(3, 9)));
        assertFalse(group(10).isBehind(Kind.IMAGE, new Position(3, 10)));
        assertFalse(group(10).isBehind(Kind.IMAGE, new Position(4, 0)));
        assertFalse(group(10).isBehind(Kind.TRIAL, new Position(3, 0)));
    }

    private void look(long group, long answers, long gathered, long answersRead, long gatheredRead) {
        settlement.observe(new Observation(
                group(group),
                Map.of(IMAGES, answers),
                Map.of(GATHERED, gathered),
                Map.of(IMAGES, answersRead, GATHERED, gatheredRead),
                new Backlog(0, 0)));
    }

    private static PassedBy group(long offset) {
        return new PassedBy(Map.of(Kind.IMAGE, Map.of(3, offset)));
    }
}
