package io.synthray.statistics.metric;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Scores with their truths. */
final class Scores {
    private Scores() {}

    static void check(double[] scores, boolean[] truth) {
        if (scores.length != truth.length) {
            throw new IllegalArgumentException(
                    "%d scores and %d truths: expected as many".formatted(scores.length, truth.length));
        }
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("score: expected a number, found NaN");
            }
        }
    }

    /** Indices by descending score. */
    static int[] descending(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
