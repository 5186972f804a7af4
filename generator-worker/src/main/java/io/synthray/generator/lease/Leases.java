package io.synthray.generator.lease;

import io.synthray.generator.lease.Lease.Settled;
import io.synthray.generator.lease.Lease.Working;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;

/**
 * The leases that one consumer holds. A share consumer that has renewed a record gets it back from its next poll, and gets
 * nothing new until every record that it holds has ended; so what a poll returns is compared with what is held. Not safe
 * for use by several threads; time comes in from outside.
 */
final class Leases {
    private final long renewAfterNanos;
    private final Map<Position, Lease> held = new LinkedHashMap<>();

    /** @param renewAfter age at which a lease is renewed */
    Leases(Duration renewAfter) {
        this.renewAfterNanos = renewAfter.toNanos();
    }

    /**
     * Takes note of what a poll returned.
     *
     * @return those that were not held before, whose work is to begin
     */
    List<Position> polled(Collection<Position> positions, long nowNanos) {
        List<Position> begun = new ArrayList<>();
        for (Position position : positions) {
            if (held.putIfAbsent(position, new Working(position, nowNanos + renewAfterNanos)) == null) {
                begun.add(position);
            }
        }
        return begun;
    }

    /** The work on a record has ended; says nothing about a record that is not held (any more). */
    void settle(Position position, Disposition disposition) {
        held.computeIfPresent(position, (key, lease) -> new Settled(position, disposition));
    }

    /** Whether nothing is held. */
    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Whether every record held has ended. */
    boolean isSettled() {
        return held.values().stream().allMatch(Settled.class::isInstance);
    }

    /** Nanoseconds to the next renewal, 0 or less when one is due; {@code Long.MAX_VALUE} when nothing is under way. */
    long untilRenewal(long nowNanos) {
        return held.values().stream()
                .filter(Working.class::isInstance)
                .mapToLong(lease -> ((Working) lease).renewNanos() - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * What to tell the broker about every record held. Those that have ended are held no more; the leases of the others begin
     * anew.
     */
    Map<Position, AcknowledgeType> report(long nowNanos) {
        Map<Position, AcknowledgeType> words = new LinkedHashMap<>();
        held.values().forEach(lease -> words.put(lease.position(), lease.word()));
        held.values().removeIf(Settled.class::isInstance);
        held.replaceAll((position, lease) -> new Working(position, nowNanos + renewAfterNanos));
        return words;
    }

    /** Records held that are not among these. */
    Set<Position> missing(Collection<Position> positions) {
        Set<Position> missing = new LinkedHashSet<>(held.keySet());
        missing.removeAll(Set.copyOf(positions));
        return missing;
    }
}
