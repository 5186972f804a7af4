package io.synthray.evaluator.study;

import io.synthray.event.StudyPhase;

/**
 * What is counted of a study as a whole.
 *
 * @param phase as last published; null before the first time
 * @param republished requests and trials published again
 * @param refusedPlan hash of the last plan that came under the same id and was another; null without one
 * @param dirty whether the state has changed since it was published
 */
public record StudyProgress(StudyPhase phase, long republished, String refusedPlan, boolean dirty) {
    static final StudyProgress NONE = new StudyProgress(null, 0, null, false);

    StudyProgress published(StudyPhase now) {
        return new StudyProgress(now, republished, refusedPlan, false);
    }

    StudyProgress changed() {
        return new StudyProgress(phase, republished, refusedPlan, true);
    }

    StudyProgress withRepublished() {
        return new StudyProgress(phase, republished + 1, refusedPlan, true);
    }

    StudyProgress withRefusedPlan(String hash) {
        return new StudyProgress(phase, republished, hash, true);
    }
}
