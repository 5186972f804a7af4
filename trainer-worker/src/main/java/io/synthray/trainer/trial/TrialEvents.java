package io.synthray.trainer.trial;

import io.synthray.event.TrialProgress;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import java.util.List;

/**
 * Makes the events of trials.
 *
 * @param worker this worker's name
 */
public record TrialEvents(String worker) {
    /** How far a trial has come. */
    public TrialProgress progress(TrialRequest trial, Progress progress) {
        return TrialProgress.newBuilder()
                .setTrial(trial.getTrial())
                .setStudy(trial.getStudy())
                .setArm(trial.getArm())
                .setRepeat(trial.getRepeat())
                .setEpoch(progress.epoch())
                .setEpochs(progress.epochs())
                .setStep(progress.step())
                .setSteps(progress.steps())
                .setLoss(progress.loss())
                .setImagesPerSecond(progress.imagesPerSecond())
                .setSecondsLeft(progress.secondsLeft())
                .setWorker(worker)
                .setValidation(
                        progress.validation().isPresent()
                                ? progress.validation().getAsDouble()
                                : null)
                .setCheckpoint(progress.checkpoint().orElse(null))
                .build();
    }

    /** How a trial ended, in one piece whatever its size. */
    public TrialResult result(TrialRequest trial, TrialOutcome outcome) {
        TrialResult.Builder result = TrialResult.newBuilder()
                .setTrial(trial.getTrial())
                .setStudy(trial.getStudy())
                .setArm(trial.getArm())
                .setRepeat(trial.getRepeat())
                .setChunk(0)
                .setChunks(1)
                .setMetrics(List.of())
                .setCases(List.of())
                .setTrainingSeconds(0)
                .setWorker(worker);
        if (outcome instanceof TrialOutcome.Completed completed) {
            result.setStatus(TrialStatus.COMPLETED)
                    .setMetrics(completed.scores().metrics())
                    .setCases(completed.scores().cases())
                    .setProvenance(completed.provenance())
                    .setReport(completed.report())
                    .setTrainingSeconds(completed.seconds());
        } else if (outcome instanceof TrialOutcome.Failed failed) {
            result.setStatus(TrialStatus.FAILED).setError(failed.cause());
        } else if (outcome instanceof TrialOutcome.Skipped skipped) {
            result.setStatus(TrialStatus.SKIPPED).setError(skipped.reason());
        }
        return result.build();
    }
}
