package io.synthray.imaging.mask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Run-length form of a plane: row-major lengths of alternating runs that begin with background. Only the first run may be
 * zero, and the lengths add up to width * height. An empty plane of 2 x 2 is {@code [4]}, a full one {@code [0, 4]}.
 */
public final class RunLengths {

    private RunLengths() {}

    /** The runs of a plane. */
    public static List<Integer> encode(Plane plane) {
        BitSet bits = plane.bits();
        int total = plane.width() * plane.height();
        List<Integer> runs = new ArrayList<>();
        int at = 0;
        boolean inside = false;
        while (at < total) {
            int next = inside ? bits.nextClearBit(at) : bits.nextSetBit(at);
            int end = next < 0 || next > total ? total : next;
            runs.add(end - at);
            at = end;
            inside = !inside;
        }
        return List.copyOf(runs);
    }

    /**
     * The plane of runs.
     *
     * @throws IllegalArgumentException if a run other than the first is not positive, or the sum differs from
     *     {@code width * height}; the message says which
     */
    public static Plane decode(int width, int height, List<Integer> runs) {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("expected a positive size, found " + width + " x " + height);
        }
        long total = (long) width * height;
        long sum = 0;
        for (int i = 0; i < runs.size(); i++) {
            int run = runs.get(i);
            if (run < 0 || (run == 0 && i > 0)) {
                throw new IllegalArgumentException("run " + i + ": expected a positive length, found " + run);
            }
            sum += run;
        }
        if (sum != total || total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "expected runs that add up to " + width + " x " + height + " = " + total + ", found " + sum);
        }
        BitSet bits = new BitSet((int) total);
        int at = 0;
        for (int i = 0; i < runs.size(); i++) {
            int end = at + runs.get(i);
            bits.set(at, end, i % 2 == 1);
            at = end;
        }
        return Plane.ofBits(width, height, bits);
    }
}
