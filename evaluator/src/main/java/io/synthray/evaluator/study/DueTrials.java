package io.synthray.evaluator.study;

import io.synthray.event.ManifestRef;
import io.synthray.schemas.id.TrialId;
import io.synthray.statistics.sequential.Stopping;
import java.util.List;

/**
 * Requests the trials of a plan that may stop early, a few repeats at a time: {@value Stopping#REPEATS_AHEAD} beyond those that have ended in
 * every arm. What a stop makes superfluous is then mostly not requested yet, in the reference arm as well, whose trials need no images
 * and would otherwise all be trained before the first arm's.
 */
final class DueTrials {
    private final ImageSets imageSets;
    private final Trials trials;

    DueTrials(ImageSets imageSets, Trials trials) {
        this.imageSets = imageSets;
        this.trials = trials;
    }

    /** Requests every trial that is due, has its images and has not been requested; what a stop leaves out has ended before. */
    void request(PlannedStudy study) {
        int last = endedRepeats(study) + Stopping.REPEATS_AHEAD;
        request(study, study.trialsWithoutImages(), null, last);
        for (ImageSetPlan set : study.imageSets()) {
            FrozenManifest manifest = imageSets.tally(set).manifest();
            if (manifest != null) {
                request(study, set.trials(), manifest.ref(set.id().imageSet()), last);
            }
        }
    }

    private void request(PlannedStudy study, List<TrialId> candidates, ManifestRef images, int last) {
        candidates.stream()
                .filter(trial -> trial.repeat() <= last)
                .forEach(trial -> trials.request(study, trial, images));
    }

    /** Repeats 1..r that have ended in every arm. */
    private int endedRepeats(PlannedStudy study) {
        int repeat = 0;
        while (repeat < study.plan().getRepeats() && hasEnded(study, repeat + 1)) {
            repeat++;
        }
        return repeat;
    }

    private boolean hasEnded(PlannedStudy study, int repeat) {
        return study.plan().getArms().stream()
                .map(arm -> new TrialId(study.name(), arm.getName(), repeat))
                .allMatch(trial -> trials.state(trial).stage().ended());
    }
}
