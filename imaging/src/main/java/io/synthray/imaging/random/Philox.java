package io.synthray.imaging.random;

/**
 * Philox4x32-10, a counter-based generator: a keyed bijection of 128-bit counters (Salmon et al., "Parallel Random Numbers:
 * As Easy as 1, 2, 3", SC11). Equal to Random123's {@code philox4x32} with 10 rounds.
 */
public final class Philox {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /**
     * Writes the four words of one counter.
     *
     * @param key words 0 (low half) and 1 (high half) of the key
     * @param counterLow counter words 0 and 1, low half first
     * @param counterHigh counter words 2 and 3, low half first
     * @param out receives words 0 to 3
     */
    public static void block(long key, long counterLow, long counterHigh, int[] out) {
        int c0 = (int) counterLow;
        int c1 = (int) (counterLow >>> 32);
        int c2 = (int) counterHigh;
        int c3 = (int) (counterHigh >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & 0xffffffffL);
            long product1 = MULTIPLIER_1 * (c2 & 0xffffffffL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }
}
