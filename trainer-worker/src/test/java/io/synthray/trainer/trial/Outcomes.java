package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.engine.LibtorchEngine;
import java.util.List;

/** What came of trials that this process ran. */
final class Outcomes {
    private Outcomes() {}

    /** A runner whose trials with a manifest see these synthetic images. */
    static TrialRunner runner(Checkpoints checkpoints, List<Example> synthetic) {
        return new TrialRunner(
                new LibtorchEngine(1),
                request -> request.getManifest() == null ? List.of() : synthetic,
                checkpoints,
                RunnerSettings.plain("1.2.3"));
    }

    /** A trial that must be completed. */
    static TrialOutcome.Completed completed(TrialRunner runner, TrialRequest trial) {
        return completed(runner.run(trial, new RecordingObserver()));
    }

    static TrialOutcome.Completed completed(TrialOutcome outcome) {
        return assertInstanceOf(TrialOutcome.Completed.class, outcome, outcome.toString());
    }

    /** Why a trial failed, as it must. */
    static String failure(TrialRunner runner, TrialRequest trial) {
        TrialOutcome outcome = runner.run(trial, new RecordingObserver());
        return assertInstanceOf(TrialOutcome.Failed.class, outcome, outcome.toString())
                .cause();
    }
}
