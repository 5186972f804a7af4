package io.synthray.trainer.metric;

import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.Task;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares what a network says of the test cases with what is true. */
public final class Scoring {
    private Scoring() {}

    /**
     * Scores of all test cases.
     *
     * <p>Segmentation: {@code dice} of each structure is the mean over cases, the overall one the mean over structures.
     * Classification: {@code f1} of each class at a threshold of 0.5 over the cases of which the
     * class is known, the overall one their mean (macro).
     *
     * @param targets structures or classes in the order of the network's outputs
     * @param probabilities for each case in turn its values in the order of the outputs
     */
    public static TestScores of(Task task, List<String> targets, List<TestCase> test, float[] probabilities) {
        return switch (task) {
            case SEGMENTATION -> dice(targets, test, probabilities);
            case CLASSIFICATION -> f1(targets, test, probabilities);
        };
    }

    private static TestScores dice(List<String> targets, List<TestCase> test, float[] probabilities) {
        List<CaseResult> cases = new ArrayList<>();
        double[] sums = new double[targets.size()];
        int at = 0;
        for (TestCase testCase : test) {
            Example example = testCase.example();
            for (int t = 0; t < sums.length; t++) {
                float[] truth = example.planes()[t];
                double dice = Dice.of(probabilities, at, truth);
                at += truth.length;
                sums[t] += dice;
                cases.add(new CaseResult(testCase.key(), targets.get(t), dice, null, testCase.patient(), null));
            }
        }
        double[] means = Arrays.stream(sums).map(sum -> sum / test.size()).toArray();
        return new TestScores(metrics("dice", targets, means), cases);
    }

    private static TestScores f1(List<String> targets, List<TestCase> test, float[] probabilities) {
        List<CaseResult> cases = new ArrayList<>();
        F1[] scores = new F1[targets.size()];
        Arrays.setAll(scores, t -> new F1());
        int at = 0;
        for (TestCase testCase : test) {
            for (int t = 0; t < scores.length; t++) {
                float probability = probabilities[at++];
                if (Float.isNaN(testCase.example().labels()[t])) {
                    continue;
                }
                boolean positive = testCase.example().labels()[t] == 1;
                boolean called = Threshold.passes(probability);
                scores[t].add(called, positive);
                cases.add(new CaseResult(
                        testCase.key(),
                        targets.get(t),
                        (double) probability,
                        positive ? 1 : 0,
                        testCase.patient(),
                        called));
            }
        }
        return new TestScores(
                metrics(
                        "f1",
                        targets,
                        Arrays.stream(scores).mapToDouble(F1::value).toArray()),
                cases);
    }

    private static List<Metric> metrics(String name, List<String> targets, double[] values) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric(name, null, Arrays.stream(values).average().orElseThrow(), null, null));
        for (int t = 0; t < values.length; t++) {
            metrics.add(new Metric(name, targets.get(t), values[t], null, null));
        }
        return metrics;
    }
}
