package io.synthray.trainer.trial;

import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights that make rare and frequent targets count alike: negatives to positives where each target is decided by itself, the inverse of its frequency over
 * that of all where they exclude each other; pixels being the cases of a structure.
 */
final class TargetWeights {
    private static final double LARGEST = 100;

    private TargetWeights() {}

    /**
     * The objective with weights that balance the examples' targets.
     *
     * @param names of the targets in the order of the network's outputs
     * @throws UnusableDataException when no example has one of them, so that there is nothing to balance it by
     */
    static Objective balanced(Objective objective, List<Example> examples, List<String> names) {
        int targets = names.size();
        double[] present = new double[targets];
        double[] known = new double[targets];
        for (Example example : examples) {
            for (int t = 0; t < targets; t++) {
                count(example, t, present, known);
            }
        }
        List<Double> weights = new ArrayList<>();
        for (int t = 0; t < targets; t++) {
            if (present[t] == 0) {
                throw new UnusableDataException(
                        "balanced loss: expected an image with '%s' to weigh it by, found none among %d"
                                .formatted(names.get(t), examples.size()));
            }
            double weight =
                    objective.exclusive() ? known[t] / (targets * present[t]) : (known[t] - present[t]) / present[t];
            weights.add(Math.min(LARGEST, Math.max(1 / LARGEST, weight)));
        }
        return new Objective(objective.kind(), objective.focus(), weights);
    }

    private static void count(Example example, int target, double[] present, double[] known) {
        if (example.planes().length > 0) {
            for (float pixel : example.planes()[target]) {
                present[target] += pixel;
                known[target]++;
            }
        } else if (!Float.isNaN(example.labels()[target])) {
            present[target] += example.labels()[target];
            known[target]++;
        }
    }
}
