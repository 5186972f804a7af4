package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StudyEvent;
import io.synthray.event.Statistics;
import io.synthray.event.Study;

/**
 * Everything that is remembered of studies.
 *
 * @param plans study: the plan
 * @param progress study: what is counted of the study as a whole
 * @param waiting study/sequence: events that came before their plan
 * @param imageSets study/arm/image set: counts
 * @param fates study/arm/image set/index: what became of a request, the index with ten digits
 * @param trials study/arm/repeat: state of a trial
 * @param statistics study/comparison: what was published last
 * @param openRequests request: generation requests without image or outcome
 * @param openTrials trial: trial requests without a result
 */
public record StudyTables(
        Table<Study> plans,
        Table<StudyProgress> progress,
        Table<StudyEvent> waiting,
        Table<ImageSetTally> imageSets,
        Table<Fate> fates,
        Table<TrialState> trials,
        Table<Statistics> statistics,
        Table<Pending> openRequests,
        Table<Pending> openTrials) {
    /** Requests of one kind without an answer. */
    public Table<Pending> open(Unanswered.Kind kind) {
        return kind == Unanswered.Kind.IMAGE ? openRequests : openTrials;
    }
}
