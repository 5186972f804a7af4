package io.synthray.evaluator.study;

import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.ImageSetState;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyState;
import io.synthray.event.TrialCounts;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study's state for its topic: a function of what is remembered.
 *
 * @param study the plan
 * @param progress counts of the study as a whole
 * @param imageSets tallies in the plan's order
 * @param trials states in the plan's order
 */
record StudySummary(
        PlannedStudy study,
        StudyProgress progress,
        Map<ImageSetPlan, ImageSetTally> imageSets,
        Map<TrialId, TrialState> trials) {

    static StudySummary of(PlannedStudy study, StudyProgress progress, ImageSets sets, Trials ledger) {
        Map<ImageSetPlan, ImageSetTally> imageSets = new LinkedHashMap<>();
        study.imageSets().forEach(set -> imageSets.put(set, sets.tally(set)));
        Map<TrialId, TrialState> trials = new LinkedHashMap<>();
        study.trials().forEach(trial -> trials.put(trial, ledger.state(trial)));
        return new StudySummary(study, progress, imageSets, trials);
    }

    /** SUBMITTING while open, RUNNING while a trial has not ended; COMPLETE if every trial has completed, FAILED otherwise. */
    StudyPhase phase() {
        if (!study.isSealed()) {
            return StudyPhase.SUBMITTING;
        }
        if (trials.values().stream().anyMatch(trial -> !trial.stage().ended())) {
            return StudyPhase.RUNNING;
        }
        return count(Stage.COMPLETED) == trials.size() ? StudyPhase.COMPLETE : StudyPhase.FAILED;
    }

    StudyState state() {
        List<ImageSetState> sets = new ArrayList<>();
        imageSets.forEach((set, tally) -> sets.add(state(set, tally)));
        return StudyState.newBuilder()
                .setStudy(study.name())
                .setPhase(phase())
                .setPlanHash(study.study().getPlanHash())
                .setImageSets(sets)
                .setTrials(counts())
                .setRepublished(progress.republished())
                .setNotes(notes())
                .build();
    }

    private static ImageSetState state(ImageSetPlan set, ImageSetTally tally) {
        return ImageSetState.newBuilder()
                .setArm(set.id().arm())
                .setImageSet(set.id().imageSet())
                .setPlanned(set.images())
                .setMade(tally.made())
                .setFailed(tally.failed())
                .setSkipped(tally.skipped())
                .setDuplicates(tally.duplicates())
                .setDigest(tally.manifest() == null ? null : tally.manifest().digest())
                .setFailure(set.failure(tally).orElse(null))
                .build();
    }

    private TrialCounts counts() {
        return TrialCounts.newBuilder()
                .setPlanned(trials.size())
                .setRequested((int) trials.values().stream()
                        .filter(TrialState::wasRequested)
                        .count())
                .setCompleted(count(Stage.COMPLETED))
                .setFailed(count(Stage.FAILED))
                .setSkipped(count(Stage.SKIPPED))
                .setDuplicates(trials.values().stream()
                        .mapToInt(TrialState::duplicates)
                        .sum())
                .setConflicting(trials.values().stream()
                        .mapToInt(TrialState::conflicting)
                        .sum())
                .build();
    }

    private int count(Stage stage) {
        return (int)
                trials.values().stream().filter(trial -> trial.stage() == stage).count();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        imageSets.forEach((set, tally) -> {
            if (tally.failed() > 0) {
                String example = tally.example() == null ? "" : ", for instance " + tally.example();
                notes.add("%s/%s: %d of %d requests failed%s"
                        .formatted(set.id().arm(), set.id().imageSet(), tally.failed(), set.images(), example));
            }
        });
        trials.forEach((trial, state) -> {
            String name = trial.arm() + "/" + trial.repeat();
            if (state.stage() == Stage.FAILED || state.stage() == Stage.SKIPPED) {
                String verb = state.stage() == Stage.FAILED ? "failed" : "was skipped";
                notes.add("Trial %s %s: %s".formatted(name, verb, state.reason()));
            }
            if (state.conflicting() > 0) {
                notes.add("Trial %s has %d later results that differ from its first, which counts"
                        .formatted(name, state.conflicting()));
            }
        });
        if (progress.refusedPlan() != null) {
            notes.add("Another plan (hash %s) came under this id and was refused".formatted(progress.refusedPlan()));
        }
        if (progress.unplanned() > 0) {
            notes.add("%d events spoke of images or trials that are not in the plan".formatted(progress.unplanned()));
        }
        return notes;
    }
}
