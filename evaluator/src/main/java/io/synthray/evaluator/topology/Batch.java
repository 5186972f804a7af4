package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.StudyEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Events on their way to their studies: those of a study travel together, in their order. */
final class Batch {
    private final Map<String, List<StudyEvent>> byStudy = new LinkedHashMap<>();
    private int size;

    void add(StudyEvent event) {
        byStudy.computeIfAbsent(event.study(), study -> new ArrayList<>()).add(event);
        size++;
    }

    int size() {
        return size;
    }

    /** Hands over what has come, study by study. */
    void drain(BiConsumer<String, List<StudyEvent>> each) {
        byStudy.forEach(each);
        byStudy.clear();
        size = 0;
    }
}
