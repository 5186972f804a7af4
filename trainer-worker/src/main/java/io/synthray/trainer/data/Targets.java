package io.synthray.trainer.data;

import io.synthray.event.Task;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.mask.Mask;
import java.util.List;
import java.util.function.Function;

/**
 * What the network learns to say, in the order of its outputs.
 *
 * @param task whether names are structures or classes
 * @param names structures or classes
 */
record Targets(Task task, List<String> names) {
    static Targets of(TrialRequest trial) {
        return new Targets(trial.getTask(), trial.getTargets());
    }

    /**
     * For each class 1 where it is present, 0 where not, NaN where that is not known.
     *
     * @param present gives null for a class of which it is not known
     */
    float[] labels(Function<String, Boolean> present) {
        float[] labels = new float[names.size()];
        for (int i = 0; i < labels.length; i++) {
            Boolean value = present.apply(names.get(i));
            labels[i] = value == null ? Float.NaN : value ? 1 : 0;
        }
        return labels;
    }

    /**
     * The planes of a mask.
     *
     * @param name what errors call the mask's image
     * @throws UnusableDataException when the mask does not specify a structure
     */
    float[][] planes(Mask mask, String name) {
        float[][] planes = new float[names.size()][];
        for (int i = 0; i < planes.length; i++) {
            String structure = names.get(i);
            planes[i] = mask.plane(structure)
                    .orElseThrow(() -> new UnusableDataException(name + ": expected a mask with '" + structure
                            + "', found one of " + mask.planes().keySet()))
                    .toArray();
        }
        return planes;
    }
}
