package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.TargetDecisions;
import io.synthray.statistics.metric.Confusion;
import io.synthray.statistics.metric.Overlap;
import io.synthray.statistics.metric.SurfaceDistances;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scores of segmentation: each figure of a structure is the mean over cases. */
final class StructureScoring implements CaseScores {
    private final List<String> targets;
    private final List<TestCase> test;
    private final Decision decision;
    /** By case, then by target. */
    private final List<List<Fit>> fits;

    /** How one structure of one case was found. */
    private record Fit(Overlap overlap, SurfaceDistances distances, Confusion pixels) {}

    /** @param probabilities for each case in turn its values in the order of the targets */
    StructureScoring(List<String> targets, List<TestCase> test, float[] probabilities, Decision decision) {
        this.targets = targets;
        this.test = test;
        this.decision = decision;
        fits = new ArrayList<>();
        int at = 0;
        for (TestCase testCase : test) {
            List<Fit> ofCase = new ArrayList<>();
            for (int t = 0; t < targets.size(); t++) {
                float[] plane = testCase.example().planes()[t];
                ofCase.add(fit(Pixels.of(
                        plane, probabilities, at, decision.thresholds().get(t))));
                at += plane.length;
            }
            fits.add(ofCase);
        }
    }

    /** One structure of one case, pixel by pixel. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Pixels(boolean[] predicted, boolean[] truth, Confusion counts) {
        static Pixels of(float[] plane, float[] probabilities, int from, double threshold) {
            boolean[] predicted = new boolean[plane.length];
            boolean[] truth = new boolean[plane.length];
            double[] scores = new double[plane.length];
            for (int i = 0; i < plane.length; i++) {
                scores[i] = probabilities[from + i];
                predicted[i] = scores[i] >= threshold;
                truth[i] = plane[i] == 1;
            }
            return new Pixels(predicted, truth, Confusion.at(scores, truth, threshold));
        }

        Overlap overlap() {
            return Overlap.of(predicted, truth);
        }
    }

    private static Fit fit(Pixels pixels) {
        int side = (int) Math.round(Math.sqrt(pixels.truth().length));
        return new Fit(
                pixels.overlap(), SurfaceDistances.of(pixels.predicted(), pixels.truth(), side, 1, 1), pixels.counts());
    }

    /** The mean over structures of the mean Dice over cases, without what else takes time. */
    static double meanDice(int targets, List<TestCase> test, float[] probabilities, Decision decision) {
        double[] sums = new double[targets];
        int at = 0;
        for (TestCase testCase : test) {
            for (int t = 0; t < targets; t++) {
                float[] plane = testCase.example().planes()[t];
                sums[t] += Pixels.of(
                                plane, probabilities, at, decision.thresholds().get(t))
                        .overlap()
                        .dice();
                at += plane.length;
            }
        }
        return DoubleStream.of(sums).map(sum -> sum / test.size()).average().orElseThrow();
    }

    @Override
    public TestScores all() {
        List<CaseResult> results = new ArrayList<>();
        for (int c = 0; c < test.size(); c++) {
            for (int t = 0; t < targets.size(); t++) {
                double dice = fits.get(c).get(t).overlap().dice();
                TestCase testCase = test.get(c);
                results.add(new CaseResult(testCase.key(), targets.get(t), dice, null, testCase.patient(), null));
            }
        }
        return new TestScores(of(IntStream.range(0, test.size()).toArray()), results, decisions());
    }

    @Override
    public List<Metric> of(int[] cases) {
        Figures figures = new Figures();
        put(figures, "dice", cases, fit -> fit.overlap().dice());
        put(figures, "iou", cases, fit -> fit.overlap().iou());
        put(figures, "hd95", cases, fit -> fit.distances().hausdorff95());
        put(figures, "surface-distance", cases, fit -> fit.distances().mean());
        return figures.metrics();
    }

    private void put(Figures figures, String name, int[] cases, ToDoubleFunction<Fit> figure) {
        for (int t = 0; t < targets.size(); t++) {
            double sum = 0;
            for (int c : cases) {
                sum += figure.applyAsDouble(fits.get(c).get(t));
            }
            figures.put(name, targets.get(t), sum / cases.length);
        }
    }

    private List<TargetDecisions> decisions() {
        List<TargetDecisions> decisions = new ArrayList<>();
        for (int t = 0; t < targets.size(); t++) {
            Confusion pixels = new Confusion(0, 0, 0, 0);
            for (List<Fit> ofCase : fits) {
                pixels = pixels.plus(ofCase.get(t).pixels());
            }
            decisions.add(
                    Scoring.decisions(targets.get(t), decision.thresholds().get(t), pixels));
        }
        return decisions;
    }
}
