package io.synthray.imaging.random;

/**
 * A sequence of numbers from {@link Philox}: word i of the sequence is word {@code i mod 4} of the block with key {@code seed},
 * low counter {@code i / 4} and high counter {@code stream}. Streams of a seed are independent sequences. Not safe for use
 * by several threads.
 */
public final class CounterRandom {

    private final long seed;
    private final long stream;
    private final int[] block = new int[4];
    private long position;

    /** A sequence from its beginning. */
    public CounterRandom(long seed, long stream) {
        this.seed = seed;
        this.stream = stream;
    }

    /** The next 32 bits. */
    public int nextBits() {
        int word = (int) (position & 3);
        if (word == 0) {
            Philox.block(seed, position >>> 2, stream, block);
        }
        position++;
        return block[word];
    }

    /** Uniform in 0 (included) to 1 (excluded), a multiple of 2^-32; takes 32 bits. */
    public double nextUniform() {
        return (nextBits() & 0xffffffffL) * 0x1p-32;
    }

    /** Uniform in {@code low} (included) to {@code high} (excluded, but for rounding); takes 32 bits. */
    public double uniform(double low, double high) {
        return low + (high - low) * nextUniform();
    }

    /**
     * Uniform in 0 to {@code bound - 1}, as the high half of the product of 32 bits and the bound; takes 32 bits. The bias is at
     * most {@code bound * 2^-32}.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("expected a positive bound, found " + bound);
        }
        return (int) (((nextBits() & 0xffffffffL) * bound) >>> 32);
    }

    /** True with this probability; takes 32 bits. */
    public boolean chance(double probability) {
        return nextUniform() < probability;
    }

    /** Standard normal, the cosine half of {@link Gaussian}'s pair; takes 64 bits. */
    public double nextNormal() {
        return Gaussian.cosine(nextBits(), nextBits());
    }
}
