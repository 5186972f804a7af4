package io.synthray.trainer.trial;

import io.synthray.event.TrialRequest;
import io.synthray.trainer.engine.LibtorchEngine;
import io.synthray.trainer.metric.TestScores;
import java.util.List;

/** Runs trials without synthetic images in this process; as a program, prints a trial's scores. */
public final class LocalScores {
    private LocalScores() {}

    /** Every score of a trial. */
    public static TestScores of(TrialRequest trial) {
        TrialRunner runner = new TrialRunner(
                new LibtorchEngine(1), request -> List.of(), Checkpoints.none(), RunnerSettings.plain("test"));
        TrialOutcome outcome = runner.run(trial, new RecordingObserver());
        if (outcome instanceof TrialOutcome.Completed completed) {
            return completed.scores();
        }
        throw new IllegalStateException(outcome.toString());
    }

    /** The overall score of a trial. */
    public static double mean(TrialRequest trial) {
        return of(trial).metrics().get(0).getValue();
    }

    /** Prints the scores of {@link Trials#phantoms} for 20 steps. */
    public static void main(String[] args) {
        TestScores scores = of(Trials.phantoms("other-process", 1, 4, 6, 20));
        System.out.println(scores.metrics() + " " + scores.cases());
    }
}
