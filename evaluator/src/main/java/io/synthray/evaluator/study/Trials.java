package io.synthray.evaluator.study;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.evaluator.event.StudyEvent.TrialEnded;
import io.synthray.evaluator.event.StudyEvent.TrialRequested;
import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.ManifestRef;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Optional;

/** Requests trials and takes their results. */
final class Trials {
    private final StudyTables tables;
    private final Outbox outbox;
    private final double tolerance;
    private final CaseResults cases;

    Trials(StudyTables tables, Outbox outbox, double tolerance) {
        this.tables = tables;
        this.outbox = outbox;
        this.tolerance = tolerance;
        this.cases = new CaseResults(tables);
    }

    TrialState state(TrialId trial) {
        return tables.trials().get(trial).orElse(TrialState.PLANNED);
    }

    /** Publishes the request of a trial that has none. */
    void request(PlannedStudy study, TrialId trial, ManifestRef manifest) {
        TrialState state = state(trial);
        if (state.stage() == Stage.PLANNED) {
            tables.trials().put(trial, state.requestedNow());
            outbox.publish(TopicCatalogue.TRIALS, trial.key(), TrialRequests.of(study, trial, manifest));
        }
    }

    /** Remembers an unanswered request; one that is read again has moved to its newer record. */
    void requested(TrialRequested event) {
        TrialState state = state(event.trial());
        if (!state.stage().ended()) {
            tables.trials().put(event.trial(), state.requestedNow());
            Optional<Pending> known = tables.openTrials().get(event.trial());
            tables.openTrials()
                    .put(
                            event.trial(),
                            known.map(p -> p.seenAt(event.at())).orElseGet(() -> Pending.first(event.at())));
        }
    }

    /**
     * What came of a chunk of a result.
     *
     * @param conflict what a repeated result says that the first did not; empty where it is the first or says the same
     * @param ended whether the trial has ended by it
     */
    record Taken(Optional<String> conflict, boolean ended) {}

    /** Takes a chunk of a result. */
    Taken take(TrialEnded event) {
        TrialState before = state(event.trial());
        Optional<String> conflict = before.conflict(event, tolerance);
        if (!before.stage().ended()
                && !before.chunks().get(event.chunk())
                && !event.cases().isEmpty()) {
            cases.put(event.trial(), event.chunk(), event.cases());
        }
        return new Taken(conflict, put(event.trial(), before, before.with(event, conflict.isPresent())));
    }

    /** What a trial measured on its test cases, while the study has not ended. */
    List<CaseOutcome> cases(TrialId trial) {
        return cases.of(trial);
    }

    /** The study has ended: nothing will be worked out from its test cases any more. */
    void forgetCases(PlannedStudy study) {
        cases.forget(study.name());
    }

    /**
     * Ends a trial by the evaluator's own word, if it has not ended.
     *
     * @return whether it has ended by it
     */
    boolean end(TrialId trial, Stage stage, String reason) {
        TrialState before = state(trial);
        return !before.stage().ended() && put(trial, before, before.ended(stage, reason));
    }

    private boolean put(TrialId trial, TrialState before, TrialState after) {
        tables.trials().put(trial, after);
        if (before.stage().ended() || !after.stage().ended()) {
            return false;
        }
        if (before.requested()) {
            tables.openTrials().delete(trial);
        }
        return true;
    }
}
