package io.synthray.trainer.trial;

import io.synthray.imaging.random.SeedDerivation;

/**
 * Which examples a step sees. Real and synthetic ones come from shuffled epochs of their own. Real ones have the share of a batch
 * that they have of all examples, but never less than a half: they are what the test cases are like, and many synthetic images must
 * not drown a few real ones. Where the share is no whole number of examples, steps alternate.
 */
final class BatchOrder {
    private static final double LEAST_REAL = 0.5;

    private final int realSize;
    private final int batchSize;
    private final double realShare;
    private final ShuffledEpochs real;
    private final ShuffledEpochs synthetic;

    /**
     * @param realSize real examples, 1 or more
     * @param syntheticSize synthetic examples, 0 or more
     * @param batchSize examples a step, 1 or more
     * @param seed the trial's seed of order
     */
    BatchOrder(int realSize, int syntheticSize, int batchSize, long seed) {
        this.realSize = realSize;
        this.batchSize = batchSize;
        this.realShare = syntheticSize == 0 ? 1 : Math.max(LEAST_REAL, (double) realSize / (realSize + syntheticSize));
        this.real = new ShuffledEpochs(realSize, SeedDerivation.derive(seed, "real"));
        this.synthetic = new ShuffledEpochs(Math.max(1, syntheticSize), SeedDerivation.derive(seed, "synthetic"));
    }

    /** Positions of a step's examples: 0..realSize-1 for real ones, from realSize on for synthetic ones. */
    int[] at(int step) {
        long realBefore = realBefore(step);
        int reals = (int) (realBefore(step + 1) - realBefore);
        long syntheticBefore = (long) step * batchSize - realBefore;
        int[] positions = new int[batchSize];
        for (int i = 0; i < batchSize; i++) {
            positions[i] = i < reals ? real.at(realBefore + i) : realSize + synthetic.at(syntheticBefore + i - reals);
        }
        return positions;
    }

    private long realBefore(int step) {
        // Rounded up, so that the first step of a batch of one is a real one.
        return (long) Math.ceil((double) step * batchSize * realShare);
    }
}
