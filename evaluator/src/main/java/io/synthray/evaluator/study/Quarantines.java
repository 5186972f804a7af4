package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.study.Quarantine.Entry;
import io.synthray.schemas.topic.Topic;

/** Sets aside what is not counted: the study's state names it, and a dead letter points at it. */
final class Quarantines {
    private final StudyTables tables;
    private final Outbox outbox;

    Quarantines(StudyTables tables, Outbox outbox) {
        this.tables = tables;
        this.outbox = outbox;
    }

    void add(String study, Topic<?> topic, Position at, String subject, String cause) {
        tables.quarantine().put(study, of(study).with(new Entry(topic.name(), at, subject, cause)));
        outbox.quarantine(topic, at, subject + ": " + cause);
    }

    Quarantine of(String study) {
        return tables.quarantine().get(study).orElse(Quarantine.NONE);
    }
}
