package io.synthray.trainer.metric;

import io.synthray.trainer.data.TestCase;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One class over the cases of which it is known.
 *
 * @param cases positions of those cases
 * @param scores probabilities of the class
 * @param truth whether the class is present
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between scoring and metrics; never compared.
record KnownLabels(int[] cases, double[] scores, boolean[] truth) {
    static KnownLabels of(int target, int targets, List<TestCase> cases, float[] probabilities) {
        return of(
                target,
                targets,
                cases,
                probabilities,
                IntStream.range(0, cases.size()).toArray());
    }

    /** @param among positions of the cases that count */
    static KnownLabels of(int target, int targets, List<TestCase> cases, float[] probabilities, int[] among) {
        int[] known = IntStream.of(among)
                .filter(c -> !Float.isNaN(cases.get(c).example().labels()[target]))
                .toArray();
        double[] scores = new double[known.length];
        boolean[] truth = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
            scores[i] = probabilities[known[i] * targets + target];
            truth[i] = cases.get(known[i]).example().labels()[target] == 1;
        }
        return new KnownLabels(known, scores, truth);
    }
}
