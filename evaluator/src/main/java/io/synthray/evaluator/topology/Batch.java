package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.EventsWriter;
import io.synthray.evaluator.event.StudyEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Events on their way to their studies: those of a study travel together, in their order. */
final class Batch {
    private final Map<String, EventsWriter> byStudy = new LinkedHashMap<>();
    private int size;

    void add(StudyEvent event) {
        byStudy.computeIfAbsent(event.study(), study -> new EventsWriter()).add(event);
        size++;
    }

    int size() {
        return size;
    }

    /** Hands over what has come, study by study, as {@code EventsCodec} reads it. */
    void drain(BiConsumer<String, byte[]> each) {
        byStudy.forEach((study, events) -> each.accept(study, events.toBytes()));
        byStudy.clear();
        size = 0;
    }
}
