package io.synthray.evaluator.study;

import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.ImageSetState;
import io.synthray.event.Quarantined;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyState;
import io.synthray.event.SyntheticPlan;
import io.synthray.event.TrialCounts;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A study's state for its topic: a function of what is remembered.
 *
 * @param study the plan
 * @param progress counts of the study as a whole
 * @param imageSets tallies in the plan's order
 * @param trials states in the plan's order
 * @param stops arms stopped early, in the plan's order
 * @param quarantine records that are not counted
 */
record StudySummary(
        PlannedStudy study,
        StudyProgress progress,
        Map<ImageSetPlan, ImageSetTally> imageSets,
        List<KnownTrial> trials,
        Map<String, StoppedArm> stops,
        Quarantine quarantine) {

    /** A trial and where it stands. */
    record KnownTrial(TrialId id, TrialState state) {
        String name() {
            return id.arm() + "/" + id.repeat();
        }
    }

    static StudySummary of(
            PlannedStudy study, StudyProgress progress, StudyTables tables, ImageSets sets, Trials ledger) {
        Map<ImageSetPlan, ImageSetTally> imageSets = new LinkedHashMap<>();
        study.imageSets().forEach(set -> imageSets.put(set, sets.tally(set)));
        List<KnownTrial> trials = study.trials().stream()
                .map(trial -> new KnownTrial(trial, ledger.state(trial)))
                .toList();
        Map<String, StoppedArm> stops = new LinkedHashMap<>();
        study.plan().getArms().forEach(arm -> tables.stops()
                .get(study.name() + "/" + arm.getName())
                .ifPresent(stop -> stops.put(arm.getName(), stop)));
        Quarantine quarantine = tables.quarantine().get(study.name()).orElse(Quarantine.NONE);
        return new StudySummary(study, progress, imageSets, trials, stops, quarantine);
    }

    /**
     * SUBMITTING while open, RUNNING while a trial has not ended; COMPLETE if every trial has completed or was skipped by an early
     * stop, FAILED otherwise.
     */
    StudyPhase phase() {
        if (!study.isSealed()) {
            return StudyPhase.SUBMITTING;
        }
        if (trials.stream().anyMatch(trial -> !trial.state().stage().ended())) {
            return StudyPhase.RUNNING;
        }
        boolean complete =
                trials.stream().allMatch(trial -> trial.state().stage() == Stage.COMPLETED || isLeftOut(trial.id()));
        return complete ? StudyPhase.COMPLETE : StudyPhase.FAILED;
    }

    /** Whether the trial's arm was stopped before its repeat. */
    private boolean isLeftOut(TrialId trial) {
        StoppedArm stop = stops.get(trial.arm());
        return stop != null && trial.repeat() > stop.repeat();
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
                .setQuarantinedRecords(quarantine.count())
                .setQuarantined(quarantined())
                .setStopped(stopped())
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
        Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
        int requested = 0;
        int duplicates = 0;
        int conflicting = 0;
        for (KnownTrial trial : trials) {
            TrialState state = trial.state();
            stages.merge(state.stage(), 1, Integer::sum);
            requested += state.wasRequested() ? 1 : 0;
            duplicates += state.duplicates();
            conflicting += state.conflicting();
        }
        return TrialCounts.newBuilder()
                .setPlanned(trials.size())
                .setRequested(requested)
                .setCompleted(stages.getOrDefault(Stage.COMPLETED, 0))
                .setFailed(stages.getOrDefault(Stage.FAILED, 0))
                .setSkipped(stages.getOrDefault(Stage.SKIPPED, 0))
                .setDuplicates(duplicates)
                .setConflicting(conflicting)
                .build();
    }

    private List<Quarantined> quarantined() {
        return quarantine.first().stream()
                .map(entry -> new Quarantined(
                        entry.topic(), entry.at().partition(), entry.at().offset(), entry.subject(), entry.cause()))
                .toList();
    }

    private List<io.synthray.event.StoppedArm> stopped() {
        List<io.synthray.event.StoppedArm> stopped = new ArrayList<>();
        stops.forEach((arm, stop) -> stopped.add(new io.synthray.event.StoppedArm(arm, stop.repeat(), stop.reason())));
        return stopped;
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
        trials.forEach(trial -> notes(trial, notes::add));
        if (progress.refusedPlan() != null) {
            notes.add("Another plan (hash %s) came under this id and was refused".formatted(progress.refusedPlan()));
        }
        stops.forEach((arm, stop) -> notes.add("Arm %s was %s".formatted(arm, stop.reason())));
        if (quarantine.count() > 0) {
            Quarantine.Entry first = quarantine.first().get(0);
            notes.add("%d records are in quarantine, for instance %s: %s"
                    .formatted(quarantine.count(), first.subject(), first.cause()));
        }
        weights().forEach((model, hashes) -> {
            if (hashes.size() > 1) {
                notes.add("The images of model %s were made with different weights: %s".formatted(model, hashes));
            }
        });
        return notes;
    }

    private void notes(KnownTrial trial, Consumer<String> notes) {
        TrialState state = trial.state();
        Stage stage = state.stage();
        if ((stage == Stage.FAILED || stage == Stage.SKIPPED) && !isLeftOut(trial.id())) {
            String verb = stage == Stage.FAILED ? "failed" : "was skipped";
            notes.accept("Trial %s %s: %s".formatted(trial.name(), verb, state.reason()));
        }
        if (state.conflicting() > 0) {
            notes.accept("Trial %s has %d later results that differ from its first, which counts"
                    .formatted(trial.name(), state.conflicting()));
        }
    }

    /** Hashes of weights by model and version. */
    private Map<String, Set<String>> weights() {
        Map<String, Set<String>> weights = new TreeMap<>();
        study.plan()
                .getArms()
                .forEach(arm -> imageSets.forEach((set, tally) -> {
                    if (set.id().arm().equals(arm.getName())) {
                        SyntheticPlan synthetic = arm.getSynthetic();
                        String model =
                                synthetic.getModel() + " version " + set.id().modelVersion(synthetic.getModelVersion());
                        weights.computeIfAbsent(model, name -> new TreeSet<>()).addAll(tally.weights());
                    }
                }));
        return weights;
    }
}
