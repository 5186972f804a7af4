package io.synthray.imaging.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes in the ways that break parsers: single bytes, lengths, cuts, repetitions, pieces of other files. */
final class Mutator {

    private static final int[] TELLING = {0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, -1};

    private final SplittableRandom random;
    private final List<byte[]> seeds;

    Mutator(long seed, List<byte[]> seeds) {
        this.random = new SplittableRandom(seed);
        this.seeds = seeds;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    byte[] next() {
        byte[] bytes = seed();
        int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 16 : 3);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 8));
        switch (random.nextInt(9)) {
            case 0, 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 3, 4 -> number(bytes, at);
            case 5 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 6 -> {
                return spliced(bytes, at, at + length, new byte[0]);
            }
            case 7 -> {
                return spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            }
            default -> {
                byte[] other = seed();
                int from = random.nextInt(other.length);
                int to = Math.min(other.length, from + length);
                return spliced(bytes, at, at + length, Arrays.copyOfRange(other, from, to));
            }
        }
        return bytes;
    }

    /** Writes a number that tells, in one, two or four bytes of either order. */
    private void number(byte[] bytes, int at) {
        int value = TELLING[random.nextInt(TELLING.length)];
        int size = 1 << random.nextInt(3);
        boolean big = random.nextBoolean();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >> (8 * (big ? size - 1 - i : i)));
        }
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] result = new byte[from + inserted.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
        return result;
    }
}
