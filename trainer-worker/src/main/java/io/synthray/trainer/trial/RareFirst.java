package io.synthray.trainer.trial;

import io.synthray.trainer.data.Example;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Oversampling: an example with a rare target comes as often as makes that target about as frequent as the most frequent one. Examples without any target are
 * a group of their own.
 */
final class RareFirst {
    /** A single example of a class must not fill the batches. */
    private static final int MOST_OFTEN = 20;

    private RareFirst() {}

    /** Each example once. */
    static int[] alike(int examples) {
        return IntStream.range(0, examples).toArray();
    }

    /** Positions of one epoch, ascending, those of rare examples more than once. */
    static int[] draws(List<Example> examples, int targets) {
        int[] counts = new int[targets + 1];
        for (Example example : examples) {
            for (int group : groups(example, targets)) {
                counts[group]++;
            }
        }
        int most = IntStream.of(counts).max().orElse(0);
        return IntStream.range(0, examples.size())
                .flatMap(i -> {
                    int rarest = IntStream.of(groups(examples.get(i), targets))
                            .map(group -> counts[group])
                            .min()
                            .orElse(most);
                    long times = Math.min(MOST_OFTEN, Math.round((double) most / rarest));
                    return IntStream.generate(() -> i).limit(times);
                })
                .toArray();
    }

    /** The targets that an example has; one more than the last where it has none. */
    private static int[] groups(Example example, int targets) {
        int[] present = IntStream.range(0, targets).filter(t -> has(example, t)).toArray();
        return present.length == 0 ? new int[] {targets} : present;
    }

    static boolean has(Example example, int target) {
        if (example.planes().length == 0) {
            return example.labels()[target] == 1;
        }
        for (float pixel : example.planes()[target]) {
            if (pixel == 1) {
                return true;
            }
        }
        return false;
    }
}
