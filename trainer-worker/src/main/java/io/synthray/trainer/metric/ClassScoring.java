package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.TargetDecisions;
import io.synthray.statistics.metric.Calibration;
import io.synthray.statistics.metric.Confusion;
import io.synthray.statistics.metric.Ranking;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Scores of classification: each class over the cases of which it is known. */
final class ClassScoring {
    private static final int BINS = 10;

    private final List<String> targets;
    private final Decision decision;
    private final Figures figures = new Figures();
    private final List<TargetDecisions> decisions = new ArrayList<>();
    /** By case and target, so that cases come in their order. */
    private final TreeMap<Integer, CaseResult> results = new TreeMap<>();

    ClassScoring(List<String> targets, Decision decision) {
        this.targets = targets;
        this.decision = decision;
    }

    TestScores of(List<TestCase> test, float[] probabilities) {
        for (int t = 0; t < targets.size(); t++) {
            add(t, test, probabilities);
        }
        return new TestScores(figures.metrics(), List.copyOf(results.values()), decisions);
    }

    private void add(int target, List<TestCase> test, float[] probabilities) {
        String name = targets.get(target);
        KnownLabels known = KnownLabels.of(target, targets.size(), test, probabilities);
        Confusion counts = new Confusion(0, 0, 0, 0);
        for (int i = 0; i < known.cases().length; i++) {
            int c = known.cases()[i];
            boolean called = decision.calls(probabilities, c * targets.size(), target);
            boolean present = known.truth()[i];
            counts = counts.plus(new Confusion(
                    called && present ? 1 : 0,
                    called && !present ? 1 : 0,
                    !called && present ? 1 : 0,
                    !called && !present ? 1 : 0));
            TestCase testCase = test.get(c);
            results.put(
                    c * targets.size() + target,
                    new CaseResult(
                            testCase.key(), name, known.scores()[i], present ? 1 : 0, testCase.patient(), called));
        }
        Ranking ranking = Ranking.of(known.scores(), known.truth());
        figures.put("f1", name, counts.f1());
        figures.put("auroc", name, ranking.auroc());
        figures.put("auprc", name, ranking.auprc());
        figures.put("sensitivity", name, counts.sensitivity());
        figures.put("specificity", name, counts.specificity());
        figures.put("precision", name, counts.precision());
        if (known.cases().length > 0) {
            long right = counts.truePositives() + counts.trueNegatives();
            figures.put("accuracy", name, (double) right / known.cases().length);
            figures.put("calibration-error", name, Calibration.expectedError(known.scores(), known.truth(), BINS));
        }
        decisions.add(Scoring.decisions(name, decision.thresholds().get(target), counts));
    }
}
