package io.synthray.trainer.trial;

import io.synthray.imaging.random.CounterRandom;

/**
 * An endless sequence of positions: each epoch is a permutation of all (Fisher-Yates with the generator's stream of the epoch's
 * number), so that no example comes again before every other has.
 */
final class ShuffledEpochs {
    private final int size;
    private final long seed;
    private int[] permutation;
    private long epoch = -1;

    /** @param size positions, 1 or more */
    ShuffledEpochs(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    /** The position at a place of the sequence, 0..size-1. */
    int at(long place) {
        if (place / size != epoch) {
            epoch = place / size;
            permutation = shuffled(new CounterRandom(seed, epoch));
        }
        return permutation[(int) (place % size)];
    }

    private int[] shuffled(CounterRandom random) {
        int[] positions = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            positions[i] = positions[j];
            positions[j] = i;
        }
        return positions;
    }
}
