package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.TargetDecisions;
import io.synthray.statistics.metric.Confusion;
import io.synthray.statistics.metric.Overlap;
import io.synthray.statistics.metric.SurfaceDistances;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores of segmentation: each figure of a structure is the mean over cases. */
final class StructureScoring {
    private final List<String> targets;
    private final Decision decision;
    private final double[] dice;
    private final double[] iou;
    private final double[] hausdorff;
    private final double[] surface;
    private final Confusion[] pixels;
    private final List<CaseResult> cases = new ArrayList<>();

    StructureScoring(List<String> targets, Decision decision) {
        this.targets = targets;
        this.decision = decision;
        dice = new double[targets.size()];
        iou = new double[targets.size()];
        hausdorff = new double[targets.size()];
        surface = new double[targets.size()];
        pixels = new Confusion[targets.size()];
        Arrays.fill(pixels, new Confusion(0, 0, 0, 0));
    }

    TestScores of(List<TestCase> test, float[] probabilities) {
        int at = 0;
        for (TestCase testCase : test) {
            for (int t = 0; t < targets.size(); t++) {
                float[] plane = testCase.example().planes()[t];
                add(testCase, t, plane, probabilities, at);
                at += plane.length;
            }
        }
        Figures figures = new Figures();
        put(figures, "dice", dice, test.size());
        put(figures, "iou", iou, test.size());
        put(figures, "hd95", hausdorff, test.size());
        put(figures, "surface-distance", surface, test.size());
        return new TestScores(figures.metrics(), cases, decisions());
    }

    private void add(TestCase testCase, int target, float[] plane, float[] probabilities, int from) {
        boolean[] predicted = new boolean[plane.length];
        boolean[] truth = new boolean[plane.length];
        double[] scores = new double[plane.length];
        for (int i = 0; i < plane.length; i++) {
            scores[i] = probabilities[from + i];
            predicted[i] = scores[i] >= decision.thresholds().get(target);
            truth[i] = plane[i] == 1;
        }
        Overlap overlap = Overlap.of(predicted, truth);
        SurfaceDistances distances = SurfaceDistances.of(predicted, truth, side(plane), 1, 1);
        dice[target] += overlap.dice();
        iou[target] += overlap.iou();
        hausdorff[target] += distances.hausdorff95();
        surface[target] += distances.mean();
        pixels[target] = pixels[target].plus(
                Confusion.at(scores, truth, decision.thresholds().get(target)));
        cases.add(new CaseResult(testCase.key(), targets.get(target), overlap.dice(), null, testCase.patient(), null));
    }

    private static int side(float[] plane) {
        return (int) Math.round(Math.sqrt(plane.length));
    }

    private void put(Figures figures, String name, double[] sums, int cases) {
        for (int t = 0; t < sums.length; t++) {
            figures.put(name, targets.get(t), sums[t] / cases);
        }
    }

    private List<TargetDecisions> decisions() {
        List<TargetDecisions> decisions = new ArrayList<>();
        for (int t = 0; t < pixels.length; t++) {
            decisions.add(
                    Scoring.decisions(targets.get(t), decision.thresholds().get(t), pixels[t]));
        }
        return decisions;
    }
}
