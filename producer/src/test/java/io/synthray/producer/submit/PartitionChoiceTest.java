package io.synthray.producer.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionChoiceTest {
    private static final int PARTITIONS = TopicCatalogue.GENERATION_REQUESTS.partitions();
    private static final long BIG = 100_000 / TopicCatalogue.SPREAD;

    @Test
    void aBigStudyKeepsToAFewPartitionsAndASmallOneSpreadsWider() {
        Map<Integer, Long> idle = load(partition -> 0);
        assertEquals(
                TopicCatalogue.SPREAD,
                PartitionChoice.of(idle, "a", PartitionChoice.SMALL + 1).size());
        assertEquals(
                TopicCatalogue.WIDE_SPREAD,
                PartitionChoice.of(idle, "a", PartitionChoice.SMALL).size());
        assertEquals(
                TopicCatalogue.WIDE_SPREAD, PartitionChoice.of(idle, "a", 1).size());
    }

    @Test
    void studiesSpreadWhileNothingWaits() {
        Map<Integer, Long> idle = load(partition -> 0);
        long places = IntStream.range(0, 20)
                .mapToObj(number -> PartitionChoice.of(idle, "study-" + number, 100_000))
                .flatMap(List::stream)
                .distinct()
                .count();
        assertTrue(places > PARTITIONS / 2, places + " partitions for 20 studies");
    }

    @Test
    void aSmallStudyNeverGoesBehindABigOneWhileSomePartitionsAreFree() {
        for (int big = 1; big < 8; big++) {
            int busy = big * TopicCatalogue.SPREAD;
            List<Integer> chosen = PartitionChoice.of(load(partition -> partition < busy ? BIG : 0), "small", 100);
            assertTrue(chosen.stream().allMatch(partition -> partition >= busy), chosen + " with " + busy + " busy");
            assertEquals(Math.min(TopicCatalogue.WIDE_SPREAD, PARTITIONS - busy), chosen.size());
        }
    }

    @Test
    void smallStudiesShareWhatNoBigOneFills() {
        // Another small one has left 12 in each of half the partitions, the big one is in 8 of the others.
        Map<Integer, Long> others = load(partition -> partition < 32 ? 12 : partition < 40 ? BIG : 0);
        List<Integer> chosen = PartitionChoice.of(others, "small", 100);
        assertEquals(32, chosen.size());
        assertTrue(chosen.stream().noneMatch(partition -> partition >= 32 && partition < 40), chosen::toString);
        assertTrue(chosen.containsAll(IntStream.range(40, PARTITIONS).boxed().toList()), chosen::toString);
    }

    @Test
    void theEndOfATransactionKeepsNobodyAway() {
        assertEquals(
                TopicCatalogue.WIDE_SPREAD,
                PartitionChoice.of(load(partition -> partition % 8 == 0 ? 0 : 1), "tiny", 1)
                        .size());
    }

    @Test
    void theSameStudyIsGivenTheSamePartitionsAndAnotherOneOthers() {
        Map<Integer, Long> idle = load(partition -> 0);
        assertEquals(PartitionChoice.of(idle, "a", 100), PartitionChoice.of(idle, "a", 100));
        assertNotEquals(
                PartitionChoice.of(idle, "a", 100).subList(0, 4),
                PartitionChoice.of(idle, "b", 100).subList(0, 4));
    }

    @Test
    void ofBusyPartitionsTheLeastBusyAreTakenTheEmptiestFirst() {
        List<Integer> chosen = PartitionChoice.of(load(partition -> 1000L * partition), "small", 100);
        assertEquals(IntStream.range(0, TopicCatalogue.SPREAD).boxed().toList(), chosen);
    }

    private static Map<Integer, Long> load(IntToLongFunction waiting) {
        return IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(partition -> partition, partition -> waiting.applyAsLong(partition)));
    }
}
