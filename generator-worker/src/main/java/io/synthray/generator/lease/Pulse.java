package io.synthray.generator.lease;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each consumer last got through its loop. */
public final class Pulse {
    private final Map<String, Long> beats = new ConcurrentHashMap<>();

    void beat(String consumer) {
        beats.put(consumer, System.nanoTime());
    }

    void stop(String consumer) {
        beats.remove(consumer);
    }

    /** Age of the oldest last beat; zero when no consumer runs. */
    public Duration oldest() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                beats.values().stream().mapToLong(beat -> now - beat).max().orElse(0));
    }

    /** Consumers that run. */
    public int consumers() {
        return beats.size();
    }
}
