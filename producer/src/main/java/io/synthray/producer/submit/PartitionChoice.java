package io.synthray.producer.submit;

import io.synthray.schemas.topic.TopicCatalogue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Chooses the partitions with the least work before them, so that a small study does not queue up behind a big one.
 *
 * <p>A big study is kept to {@link TopicCatalogue#SPREAD} partitions, which leaves the others free. A small one is spread wider, up to {@link TopicCatalogue#WIDE_SPREAD}:
 * the broker looks through the partitions of a share group's member in turns and takes the first that has something, so a study whose one
 * partition happens to come just after a big one's would be served once in as many turns as the member has partitions
 * (docs/decisions/0051).
 */
final class PartitionChoice {
    /** Requests of a small study, at most: as many as one transaction takes. */
    static final int SMALL = Submitter.TRANSACTION;

    private PartitionChoice() {}

    /**
     * Among partitions with equal work the hash of the study decides, so that studies spread even while nothing is running. A small
     * study goes beyond its first few only where no more waits than it would itself put into each of those.
     *
     * @param load records that wait, by partition; the end of a transaction is one
     * @param requests of the whole study
     * @return partitions, those with the least work first: an image set of fewer requests takes the first of them
     */
    static List<Integer> of(Map<Integer, Long> load, String study, long requests) {
        List<Integer> ordered = load.keySet().stream()
                .sorted(Comparator.comparing((Integer partition) -> load.get(partition))
                        .thenComparing(partition -> hash(study, partition))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<Integer> few = ordered.stream().limit(TopicCatalogue.SPREAD).toList();
        if (requests > SMALL) {
            return few;
        }
        long own = 1 + requests / few.size();
        long bearable = Math.max(load.get(few.get(few.size() - 1)), own);
        return ordered.stream()
                .limit(TopicCatalogue.WIDE_SPREAD)
                .takeWhile(partition -> load.get(partition) <= bearable)
                .toList();
    }

    private static int hash(String study, int partition) {
        return ((study + "/" + partition).hashCode() * 0x9E3779B1) >>> 1;
    }
}
