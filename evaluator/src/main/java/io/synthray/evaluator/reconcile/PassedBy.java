package io.synthray.evaluator.reconcile;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.study.Unanswered.Kind;
import java.util.Map;

/**
 * How far the share groups are done: below these offsets a group will deliver nothing any more, and every answer that its
 * members gave has been counted.
 *
 * @param offsets by kind and partition
 */
public record PassedBy(Map<Kind, Map<Integer, Long>> offsets) {
    /** Before anything is known: nobody has passed anything by. */
    public static final PassedBy NOTHING = new PassedBy(Map.of());

    /** Copies the map. */
    public PassedBy {
        offsets = Map.copyOf(offsets);
    }

    /** Whether the group has left the record behind. */
    public boolean isBehind(Kind kind, Position record) {
        return record.offset() < offsets.getOrDefault(kind, Map.of()).getOrDefault(record.partition(), 0L);
    }
}
