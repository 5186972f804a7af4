package io.synthray.trainer.trial;

import io.synthray.event.TrainingReport;
import io.synthray.event.TrialProvenance;
import io.synthray.trainer.metric.TestScores;

/** How a trial ended. */
public sealed interface TrialOutcome {
    /**
     * Trained and tested.
     *
     * @param report how the training went, what it cost, and the decisions on the test split
     * @param seconds wall-clock time of the training
     */
    record Completed(TestScores scores, TrialProvenance provenance, TrainingReport report, double seconds)
            implements TrialOutcome {}

    /**
     * It cannot be run, now or later.
     *
     * @param cause one line
     */
    record Failed(String cause) implements TrialOutcome {}

    /**
     * It is no longer wanted.
     *
     * @param reason one line
     */
    record Skipped(String reason) implements TrialOutcome {}
}
