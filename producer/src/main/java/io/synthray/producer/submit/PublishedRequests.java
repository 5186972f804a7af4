package io.synthray.producer.submit;

import io.synthray.producer.broker.CommittedRecords;
import io.synthray.producer.broker.Platform;
import io.synthray.schemas.id.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Which requests of a study the topic holds, as bits by image set and index. */
final class PublishedRequests {
    private final Map<String, BitSet> indexes = new HashMap<>();

    /** Nothing published yet. */
    static PublishedRequests none() {
        return new PublishedRequests();
    }

    /**
     * Looks for the requests of a study.
     *
     * @param partitions the study's partitions
     * @param from where the partitions ended when the study was opened; the beginning for one that is missing
     */
    static PublishedRequests find(Platform platform, String study, List<Integer> partitions, Map<Integer, Long> from) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int partition : partitions) {
            offsets.put(RequestPartitions.partition(platform, partition), from.getOrDefault(partition, 0L));
        }
        PublishedRequests found = new PublishedRequests();
        String prefix = study + "/";
        new CommittedRecords(platform).read(offsets, record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(prefix) && record.value() != null) {
                found.add(key);
            }
        });
        return found;
    }

    private void add(String key) {
        RequestId id;
        try {
            id = RequestId.parse(key);
        } catch (IllegalArgumentException e) {
            // Somebody else's record: it is none of the planned requests, and the generators give it its dead letter.
            return;
        }
        indexes.computeIfAbsent(id.imageSet().key(), set -> new BitSet()).set(id.index());
    }

    boolean contains(String imageSet, int index) {
        BitSet bits = indexes.get(imageSet);
        return bits != null && bits.get(index);
    }
}
