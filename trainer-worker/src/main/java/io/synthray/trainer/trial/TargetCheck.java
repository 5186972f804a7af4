package io.synthray.trainer.trial;

import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Objective;
import java.util.ArrayList;
import java.util.List;

/** Whether a network can learn its targets from the examples at all. */
final class TargetCheck {
    private TargetCheck() {}

    /**
     * Every target must be known of some image and present in one; classes that exclude each other must be present one at a time. One that is absent nowhere
     * is learnt all the same: of a structure its surroundings are, and of a class the test cases tell what it was worth.
     *
     * @param targets names in the order of the network's outputs
     * @param examples everything that is trained on
     * @throws UnusableDataException naming the class, or the image
     */
    static void require(List<String> targets, List<Example> examples, Objective objective) {
        for (int t = 0; t < targets.size(); t++) {
            requirePresent(targets.get(t), t, examples);
        }
        if (objective.exclusive() && examples.stream().allMatch(e -> e.planes().length == 0)) {
            examples.forEach(example -> requireOne(targets, example));
        }
    }

    private static void requirePresent(String target, int number, List<Example> examples) {
        int known = 0;
        int present = 0;
        for (Example example : examples) {
            boolean segmented = example.planes().length > 0;
            known += segmented || !Float.isNaN(example.labels()[number]) ? 1 : 0;
            present += RareFirst.has(example, number) ? 1 : 0;
        }
        if (known == 0) {
            throw new UnusableDataException(
                    "class '%s': expected labels, found none on %d training images".formatted(target, examples.size()));
        }
        if (present == 0) {
            throw new UnusableDataException(
                    "target '%s': expected a training image that has it, found none among %d".formatted(target, known));
        }
    }

    private static void requireOne(List<String> targets, Example example) {
        List<String> present = new ArrayList<>();
        boolean known = true;
        for (int t = 0; t < targets.size(); t++) {
            known &= !Float.isNaN(example.labels()[t]);
            if (example.labels()[t] == 1) {
                present.add(targets.get(t));
            }
        }
        if (known && present.size() != 1) {
            throw new UnusableDataException("%s: expected one class of %s, since they exclude each other, found %s"
                    .formatted(example.name(), targets, present));
        }
    }
}
