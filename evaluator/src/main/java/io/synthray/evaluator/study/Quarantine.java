package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a study that are not counted.
 *
 * @param count of them all
 * @param first the first {@value #SHOWN}, for the reader
 */
public record Quarantine(long count, List<Entry> first) {
    static final Quarantine NONE = new Quarantine(0, List.of());
    static final int SHOWN = 20;

    /** Copies the list. */
    public Quarantine {
        first = List.copyOf(first);
    }

    /**
     * One record.
     *
     * @param topic without prefix
     * @param at where in it
     * @param subject trial or request
     * @param cause what was expected and what was found
     */
    public record Entry(String topic, Position at, String subject, String cause) {}

    Quarantine with(Entry entry) {
        List<Entry> more = new ArrayList<>(first);
        if (more.size() < SHOWN) {
            more.add(entry);
        }
        return new Quarantine(count + 1, more);
    }
}
