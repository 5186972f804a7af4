package io.synthray.trainer.metric;

import io.synthray.event.TargetDecisions;
import io.synthray.event.Task;
import io.synthray.statistics.metric.Confusion;
import io.synthray.trainer.data.TestCase;
import java.util.List;

/** Compares what a network says of cases with what is true. */
public final class Scoring {
    private Scoring() {}

    /**
     * Scores of cases at a threshold of 0.5.
     *
     * @param targets structures or classes in the order of the network's outputs
     * @param probabilities for each case in turn its values in the order of the outputs
     */
    public static TestScores of(Task task, List<String> targets, List<TestCase> cases, float[] probabilities) {
        return of(task, targets, cases, probabilities, Decision.halves(targets.size(), false));
    }

    /**
     * Scores of cases.
     *
     * <p>Segmentation: "dice" first, then "iou", "hd95" and "surface-distance" (pixels): of each structure the mean over cases, the
     * overall figure the mean over structures. Classification: "f1" first, then "auroc", "auprc", "sensitivity",
     * "specificity", "precision", "accuracy" and "calibration-error" of each class over the cases of which the class is known, the overall
     * figure the mean over the classes of which it is defined (macro); last "f1-micro", F1 of the classes' summed counts, which has no class.
     *
     * @param decision how probabilities become calls
     */
    public static TestScores of(
            Task task, List<String> targets, List<TestCase> cases, float[] probabilities, Decision decision) {
        return cases(task, targets, cases, probabilities, decision).all();
    }

    /**
     * The task's own metric alone, mean over targets; much quicker for segmentation, whose distances are left out.
     *
     * @param decision how probabilities become calls
     */
    public static double overall(
            Task task, List<String> targets, List<TestCase> cases, float[] probabilities, Decision decision) {
        return switch (task) {
            case SEGMENTATION -> StructureScoring.meanDice(targets.size(), cases, probabilities, decision);
            case CLASSIFICATION ->
                of(task, targets, cases, probabilities, decision).overall();
        };
    }

    static CaseScores cases(
            Task task, List<String> targets, List<TestCase> cases, float[] probabilities, Decision decision) {
        return switch (task) {
            case SEGMENTATION -> new StructureScoring(targets, cases, probabilities, decision);
            case CLASSIFICATION -> new ClassScoring(targets, cases, probabilities, decision);
        };
    }

    static TargetDecisions decisions(String target, double threshold, Confusion counts) {
        return new TargetDecisions(
                target,
                threshold,
                counts.truePositives(),
                counts.falsePositives(),
                counts.falseNegatives(),
                counts.trueNegatives());
    }
}
