package io.synthray.schemas.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A share group (KIP-932): more workers than partitions, acknowledgement by record.
 *
 * @param name group id without prefix
 * @param topic the one topic that its members take records from
 * @param lock how long a record is leased to a worker before somebody else gets it; workers renew
 */
public record ShareGroup(String name, Topic<?> topic, Duration lock) {
    /** Workers that make images. With a slow server they hold their records for long, and renewing costs as much as taking does. */
    public static final ShareGroup GENERATORS =
            new ShareGroup("generators", TopicCatalogue.GENERATION_REQUESTS, Duration.ofSeconds(30));

    /** Workers that train. */
    public static final ShareGroup TRAINERS = new ShareGroup("trainers", TopicCatalogue.TRIALS, Duration.ofSeconds(15));

    /**
     * Group settings at the broker. Earliest: requests may be older than the group. Read committed: submit is transactional,
     * and an aborted request must not be imaged.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("share.auto.offset.reset", "earliest");
        settings.put("share.isolation.level", "read_committed");
        settings.put("share.record.lock.duration.ms", Long.toString(lock.toMillis()));
        return settings;
    }
}
