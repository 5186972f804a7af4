package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.TargetDecisions;
import java.util.List;

/**
 * A network's scores on cases.
 *
 * @param metrics the task's own ({@code dice} or {@code f1}) first: its mean over all targets (target null), then one a target in their order; others alike
 * @param cases one a case and target: cases in their order, then targets
 * @param decisions one a target
 */
public record TestScores(List<Metric> metrics, List<CaseResult> cases, List<TargetDecisions> decisions) {
    /** Copies the lists. */
    public TestScores {
        metrics = List.copyOf(metrics);
        cases = List.copyOf(cases);
        decisions = List.copyOf(decisions);
    }

    /** The task's own metric, mean over targets. */
    public double overall() {
        return metrics.get(0).getValue();
    }
}
