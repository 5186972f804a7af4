package io.synthray.evaluator.study;

import io.synthray.event.StudyPhase;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Publishes the states of studies: at once when the phase changes, otherwise when {@link #publishChanged()} is called. What has
 * changed is remembered in the table, so that a restart publishes what a kill held back.
 */
final class StudyStates {
    private final StudyTables tables;
    private final Outbox outbox;
    private final Plans plans;
    private final ImageSets imageSets;
    private final Trials trials;
    private final Set<String> changed = new TreeSet<>();

    StudyStates(StudyTables tables, Outbox outbox, Plans plans, ImageSets imageSets, Trials trials) {
        this.tables = tables;
        this.outbox = outbox;
        this.plans = plans;
        this.imageSets = imageSets;
        this.trials = trials;
        tables.progress().scan("", (study, progress) -> {
            if (progress.dirty()) {
                changed.add(study);
            }
        });
    }

    /** Something in the study has changed. */
    void touch(PlannedStudy study) {
        StudyProgress progress = progress(study.name());
        if (!progress.dirty()) {
            tables.progress().put(study.name(), progress.changed());
        }
        changed.add(study.name());
    }

    /** A count of the study as a whole has changed. */
    void count(PlannedStudy study, UnaryOperator<StudyProgress> change) {
        tables.progress().put(study.name(), change.apply(progress(study.name())));
        changed.add(study.name());
    }

    /** The phase may have changed. */
    void publishIfPhaseChanged(PlannedStudy study) {
        StudySummary summary = StudySummary.of(study, progress(study.name()), imageSets, trials);
        if (summary.phase() != summary.progress().phase()) {
            publish(summary);
        }
    }

    /** Publishes every study that has changed since it was published. */
    void publishChanged() {
        for (String name : Set.copyOf(changed)) {
            plans.get(name).ifPresent(study -> publish(StudySummary.of(study, progress(name), imageSets, trials)));
        }
    }

    private void publish(StudySummary summary) {
        String name = summary.study().name();
        StudyPhase phase = summary.phase();
        outbox.publish(TopicCatalogue.STUDY_STATES, name, summary.state());
        tables.progress().put(name, summary.progress().published(phase));
        changed.remove(name);
    }

    private StudyProgress progress(String study) {
        return tables.progress().get(study).orElse(StudyProgress.NONE);
    }
}
