package io.synthray.trainer.metric;

import io.synthray.event.Task;
import io.synthray.statistics.metric.Threshold;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How probabilities become a yes or no.
 *
 * @param thresholds for each target the probability from which on it is a yes
 * @param exclusive whether the most probable target alone is a yes, whatever the thresholds
 */
public record Decision(List<Double> thresholds, boolean exclusive) {
    /** Where nothing was chosen. */
    public static final double HALF = 0.5;

    /** Copies the list. */
    public Decision {
        thresholds = List.copyOf(thresholds);
    }

    /** A threshold of 0.5 for each of so many targets. */
    public static Decision halves(int targets, boolean exclusive) {
        return new Decision(Collections.nCopies(targets, HALF), exclusive);
    }

    /**
     * For each class the threshold of the largest F1 on validation cases; 0.5 for a class without a positive one among them. Structures keep 0.5.
     *
     * @param probabilities for each case in turn its values in the order of the targets
     */
    public static Decision chosen(Task task, int targets, List<TestCase> validation, float[] probabilities) {
        if (task == Task.SEGMENTATION) {
            return halves(targets, false);
        }
        List<Double> thresholds = new ArrayList<>();
        for (int t = 0; t < targets; t++) {
            KnownLabels known = KnownLabels.of(t, targets, validation, probabilities);
            double best = Threshold.ofLargestF1(known.scores(), known.truth());
            thresholds.add(Double.isFinite(best) ? best : HALF);
        }
        return new Decision(thresholds, false);
    }

    /**
     * Whether a target is a yes.
     *
     * @param probabilities all of them
     * @param from first of the case's own
     * @param target 0 or more
     */
    boolean calls(float[] probabilities, int from, int target) {
        if (!exclusive) {
            return probabilities[from + target] >= thresholds.get(target);
        }
        int most = 0;
        for (int t = 1; t < thresholds.size(); t++) {
            most = probabilities[from + t] > probabilities[from + most] ? t : most;
        }
        return most == target;
    }
}
