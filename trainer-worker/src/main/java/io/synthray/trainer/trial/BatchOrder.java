package io.synthray.trainer.trial;

import io.synthray.imaging.random.SeedDerivation;

/** Which examples a step sees. Real and synthetic ones come from shuffled epochs of their own. */
final class BatchOrder {
    private static final double LEAST_REAL = 0.5;

    private final int realSize;
    private final int batchSize;
    private final RealPart part;
    private final int[] draws;
    private final ShuffledEpochs real;
    private final ShuffledEpochs synthetic;

    /**
     * @param draws positions of real examples in one epoch of them, 0..realSize-1, some perhaps more than once
     * @param realSize real examples
     * @param syntheticSize synthetic examples
     * @param batchSize examples a step, 1 or more
     * @param seed the trial's seed of order
     */
    BatchOrder(RealPart part, int[] draws, int realSize, int syntheticSize, int batchSize, long seed) {
        this.part = part;
        this.draws = draws.clone();
        this.realSize = realSize;
        this.batchSize = batchSize;
        this.real = new ShuffledEpochs(Math.max(1, draws.length), SeedDerivation.derive(seed, "real"));
        this.synthetic = new ShuffledEpochs(Math.max(1, syntheticSize), SeedDerivation.derive(seed, "synthetic"));
    }

    /**
     * The part of a batch that is real where the study does not say: the part that they are of all examples, but never less than a half. They
     * are what the test cases are like, and many synthetic images must not drown a few real ones.
     */
    static double usualShare(int realSize, int syntheticSize) {
        return syntheticSize == 0 ? 1 : Math.max(LEAST_REAL, (double) realSize / (realSize + syntheticSize));
    }

    /** Positions of a step's examples: 0..realSize-1 for real ones, from realSize on for synthetic ones. */
    int[] at(int step) {
        long realBefore = part.before(step);
        int reals = (int) (part.before(step + 1) - realBefore);
        long syntheticBefore = (long) step * batchSize - realBefore;
        int[] positions = new int[batchSize];
        for (int i = 0; i < batchSize; i++) {
            positions[i] =
                    i < reals ? draws[real.at(realBefore + i)] : realSize + synthetic.at(syntheticBefore + i - reals);
        }
        return positions;
    }
}
