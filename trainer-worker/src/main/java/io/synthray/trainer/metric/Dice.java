package io.synthray.trainer.metric;

/** The Dice coefficient 2 |A and B| / (|A| + |B|) (Dice, Ecology 26, 1945); 1 where both are empty, for then they agree. */
final class Dice {
    private Dice() {}

    /**
     * Agreement of one predicted structure with the true one.
     *
     * @param probabilities values of 0..1; a pixel is inside from 0.5 on
     * @param from first pixel in {@code probabilities}
     * @param truth 1 inside, 0 outside
     */
    static double of(float[] probabilities, int from, float[] truth) {
        int common = 0;
        int total = 0;
        for (int i = 0; i < truth.length; i++) {
            boolean predicted = Threshold.passes(probabilities[from + i]);
            boolean inside = truth[i] == 1;
            common += predicted && inside ? 1 : 0;
            total += (predicted ? 1 : 0) + (inside ? 1 : 0);
        }
        return total == 0 ? 1 : 2.0 * common / total;
    }
}
