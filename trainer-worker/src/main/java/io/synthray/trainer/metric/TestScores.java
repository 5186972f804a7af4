package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import java.util.List;

/**
 * A network's scores on the test split.
 *
 * @param metrics the mean over all targets (target null) first, then one a target in their order
 * @param cases one a case and target: cases in their order, then targets
 */
public record TestScores(List<Metric> metrics, List<CaseResult> cases) {
    /** Copies the lists. */
    public TestScores {
        metrics = List.copyOf(metrics);
        cases = List.copyOf(cases);
    }
}
