package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.TargetDecisions;
import io.synthray.statistics.metric.Calibration;
import io.synthray.statistics.metric.Confusion;
import io.synthray.statistics.metric.F1;
import io.synthray.statistics.metric.Ranking;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Scores of classification: each class over the cases of which it is known. */
final class ClassScoring implements CaseScores {
    private static final int BINS = 10;

    private final List<String> targets;
    private final List<TestCase> test;
    private final float[] probabilities;
    private final Decision decision;

    /** @param probabilities for each case in turn its values in the order of the targets; not copied */
    ClassScoring(List<String> targets, List<TestCase> test, float[] probabilities, Decision decision) {
        this.targets = targets;
        this.test = test;
        this.probabilities = probabilities;
        this.decision = decision;
    }

    @Override
    public TestScores all() {
        int[] all = IntStream.range(0, test.size()).toArray();
        // By case and target, so that cases come in their order.
        TreeMap<Integer, CaseResult> results = new TreeMap<>();
        List<TargetDecisions> decisions = new ArrayList<>();
        for (int t = 0; t < targets.size(); t++) {
            KnownLabels known = known(t, all);
            for (int i = 0; i < known.cases().length; i++) {
                int c = known.cases()[i];
                results.put(c * targets.size() + t, result(c, t, known.scores()[i], known.truth()[i]));
            }
            decisions.add(
                    Scoring.decisions(targets.get(t), decision.thresholds().get(t), counts(t, known)));
        }
        return new TestScores(of(all), List.copyOf(results.values()), decisions);
    }

    private CaseResult result(int c, int target, double score, boolean present) {
        TestCase testCase = test.get(c);
        return new CaseResult(
                testCase.key(), targets.get(target), score, present ? 1 : 0, testCase.patient(), calls(c, target));
    }

    @Override
    public List<Metric> of(int[] cases) {
        Figures figures = new Figures();
        List<Confusion> classes = new ArrayList<>();
        for (int t = 0; t < targets.size(); t++) {
            KnownLabels known = known(t, cases);
            // A class of which no case is known has no figures, and is in no mean.
            if (known.cases().length > 0) {
                Confusion counts = counts(t, known);
                classes.add(counts);
                put(figures, targets.get(t), known, counts);
            }
        }
        if (!classes.isEmpty()) {
            figures.putOverall("f1-micro", F1.of(classes).micro());
        }
        return figures.metrics();
    }

    private static void put(Figures figures, String name, KnownLabels known, Confusion counts) {
        Ranking ranking = Ranking.of(known.scores(), known.truth());
        figures.put("f1", name, counts.f1());
        figures.put("auroc", name, ranking.auroc());
        figures.put("auprc", name, ranking.auprc());
        figures.put("sensitivity", name, counts.sensitivity());
        figures.put("specificity", name, counts.specificity());
        figures.put("precision", name, counts.precision());
        long right = counts.truePositives() + counts.trueNegatives();
        figures.put("accuracy", name, (double) right / known.cases().length);
        figures.put("calibration-error", name, Calibration.expectedError(known.scores(), known.truth(), BINS));
    }

    private Confusion counts(int target, KnownLabels known) {
        boolean[] called = new boolean[known.cases().length];
        for (int i = 0; i < called.length; i++) {
            called[i] = calls(known.cases()[i], target);
        }
        return Confusion.of(called, known.truth());
    }

    private boolean calls(int c, int target) {
        return decision.calls(probabilities, c * targets.size(), target);
    }

    private KnownLabels known(int target, int[] cases) {
        return KnownLabels.of(target, targets.size(), test, probabilities, cases);
    }
}
