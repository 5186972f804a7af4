package io.synthray.imaging.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Known answers for philox4x32, 10 rounds, from Random123's tests/kat_vectors. */
class PhiloxTest {

    @Test
    void zeros() {
        assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0));
    }

    @Test
    void ones() {
        assertArrayEquals(new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1));
    }

    @Test
    void digitsOfPi() {
        assertArrayEquals(
                new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
                block(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL));
    }

    @Test
    void sequenceReadsBlocksInOrder() {
        CounterRandom random = new CounterRandom(0, 0);
        assertEquals(0x6627e8d5, random.nextBits());
        assertEquals((0xe169c58dL) * 0x1p-32, random.nextUniform());
        random.nextBits();
        random.nextBits();
        assertEquals(block(0, 1, 0)[0], random.nextBits());
        assertEquals(block(0, 0, 9)[0], new CounterRandom(0, 9).nextBits());
    }

    @Test
    void boundedIntegersCoverTheirRangeEvenly() {
        CounterRandom random = new CounterRandom(3, 0);
        int[] counts = new int[5];
        for (int i = 0; i < 10_000; i++) {
            counts[random.nextInt(5)]++;
        }
        for (int count : counts) {
            // Five standard deviations of a binomial count with n = 10,000 and p = 1/5.
            assertTrue(Math.abs(count - 2000) < 5 * 40, "count " + count);
        }
    }

    private static int[] block(long key, long low, long high) {
        int[] out = new int[4];
        Philox.block(key, low, high, out);
        return out;
    }
}
