package io.synthray.evaluator.study;

import io.synthray.event.StudyPhase;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Publishes comparisons, fidelity and states of studies: soon when the phase changes, otherwise when {@link #publishChanged()} is
 * called. That something has changed is remembered in the table, so that a restart publishes what a kill held back.
 */
final class StudyStates {
    private final StudyTables tables;
    private final Outbox outbox;
    private final Plans plans;
    private final ImageSets imageSets;
    private final Trials trials;
    private final Comparisons comparisons;
    private final DueTrials due;
    private final Fidelities fidelities;
    private final Set<String> changed = new HashSet<>();
    private final Set<String> phases = new TreeSet<>();
    /** A trial of each running study that had not ended when it was looked for: while it has not, neither has the study. */
    private final Map<String, TrialId> awaited = new HashMap<>();

    StudyStates(
            StudyTables tables,
            Outbox outbox,
            Plans plans,
            ImageSets imageSets,
            Trials trials,
            Comparisons comparisons,
            DueTrials due,
            Fidelities fidelities) {
        this.tables = tables;
        this.outbox = outbox;
        this.plans = plans;
        this.imageSets = imageSets;
        this.trials = trials;
        this.comparisons = comparisons;
        this.due = due;
        this.fidelities = fidelities;
        tables.progress().scan("", (study, progress) -> {
            if (progress.dirty()) {
                changed.add(study);
            }
        });
    }

    /** Something in the study has changed. */
    void touch(PlannedStudy study) {
        if (changed.add(study.name())) {
            StudyProgress progress = progress(study.name());
            if (!progress.dirty()) {
                tables.progress().put(study.name(), progress.changed());
            }
        }
    }

    /** A count of the study as a whole has changed. */
    void count(PlannedStudy study, UnaryOperator<StudyProgress> change) {
        tables.progress().put(study.name(), change.apply(progress(study.name())));
        changed.add(study.name());
    }

    /** The study may have begun or ended. */
    void phaseMayChange(PlannedStudy study) {
        touch(study);
        phases.add(study.name());
    }

    /** Publishes the studies whose phase has changed. */
    void publishChangedPhases() {
        if (phases.isEmpty()) {
            return;
        }
        for (String name : phases) {
            PlannedStudy study = plans.get(name).orElseThrow();
            StudyPhase known = progress(name).phase();
            if (!isStill(known, study) && phase(study) != known) {
                publish(study);
            }
        }
        phases.clear();
    }

    /** Whether the study is certainly in the phase that it was in; a summary of all its trials would cost more, and most events end none. */
    private boolean isStill(StudyPhase known, PlannedStudy study) {
        return study.isSealed() ? known == StudyPhase.RUNNING && awaitsTrial(study) : known == StudyPhase.SUBMITTING;
    }

    private StudyPhase phase(PlannedStudy study) {
        return study.isSealed() ? summary(study).phase() : StudyPhase.SUBMITTING;
    }

    private boolean awaitsTrial(PlannedStudy study) {
        TrialId known = awaited.get(study.name());
        if (known == null || trials.state(known).stage().ended()) {
            known = study.trials().stream()
                    .filter(trial -> !trials.state(trial).stage().ended())
                    .findFirst()
                    .orElse(null);
            awaited.put(study.name(), known);
        }
        return known != null;
    }

    /** Publishes every study that has changed since it was published. */
    void publishChanged() {
        for (String name : Set.copyOf(changed)) {
            plans.get(name).ifPresent(this::publish);
        }
    }

    private void publish(PlannedStudy study) {
        if (study.isSealed()) {
            comparisons.update(study);
            if (study.stopsEarly()) {
                due.request(study);
            }
        }
        fidelities.publishDue(study, imageSets);
        // A stop may just have ended trials, so the summary is made after it.
        StudySummary summary = summary(study);
        StudyPhase phase = summary.phase();
        outbox.publish(TopicCatalogue.STUDY_STATES, study.name(), summary.state());
        if (phase == StudyPhase.COMPLETE || phase == StudyPhase.FAILED) {
            trials.forgetCases(study);
        }
        tables.progress().put(study.name(), progress(study.name()).published(phase));
        changed.remove(study.name());
    }

    private StudySummary summary(PlannedStudy study) {
        return StudySummary.of(study, progress(study.name()), tables, imageSets, trials);
    }

    private StudyProgress progress(String study) {
        return tables.progress().get(study).orElse(StudyProgress.NONE);
    }
}
