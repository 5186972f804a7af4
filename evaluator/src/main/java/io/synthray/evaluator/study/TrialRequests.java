package io.synthray.evaluator.study;

import io.synthray.event.ManifestRef;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.random.RepeatSeeds;
import io.synthray.schemas.id.TrialId;

/** Writes trial requests: a function of the plan and the manifest, so that any evaluator writes the same. */
final class TrialRequests {
    private TrialRequests() {}

    /**
     * The request of one trial. Its seeds depend on the repeat and not on the arm, so that the arms of a repeat pair.
     *
     * @param manifest synthetic images; null: real only
     */
    static TrialRequest of(PlannedStudy study, TrialId trial, ManifestRef manifest) {
        RepeatSeeds seeds = RepeatSeeds.of(study.plan().getSeed(), trial.repeat());
        return io.synthray.schemas.trial.TrialRequests.of(
                study.plan(), study.study().getPlanHash(), trial, manifest, seeds.initialisation(), seeds.order());
    }
}
