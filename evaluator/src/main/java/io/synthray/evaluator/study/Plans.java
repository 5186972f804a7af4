package io.synthray.evaluator.study;

import io.synthray.event.Study;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The known plans; each is taken apart once, since every event asks for its plan. */
final class Plans {
    private final Table<String, Study> table;
    private final Map<String, PlannedStudy> parsed = new HashMap<>();

    Plans(Table<String, Study> table) {
        this.table = table;
    }

    Optional<PlannedStudy> get(String study) {
        PlannedStudy known = parsed.get(study);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PlannedStudy> stored = table.get(study).map(PlannedStudy::new);
        stored.ifPresent(plan -> parsed.put(study, plan));
        return stored;
    }

    PlannedStudy put(Study study) {
        PlannedStudy plan = new PlannedStudy(study);
        table.put(study.getStudy(), study);
        parsed.put(study.getStudy(), plan);
        return plan;
    }
}
