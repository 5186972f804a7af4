package io.synthray.imaging.mask;

import io.synthray.imaging.image.GreyImage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;

/** An immutable binary image, row-major: where one structure is. */
public final class Plane {

    /** Decides whether a pixel is inside. */
    @FunctionalInterface
    public interface Inside {
        boolean test(int x, int y);
    }

    private final int width;
    private final int height;
    private final BitSet bits;

    private Plane(int width, int height, BitSet bits) {
        this.width = width;
        this.height = height;
        this.bits = bits;
    }

    /**
     * Makes a plane by asking for every pixel, row by row.
     *
     * @throws IllegalArgumentException if the size is not positive
     */
    public static Plane of(int width, int height, Inside inside) {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("expected a positive size, found " + width + " x " + height);
        }
        BitSet bits = new BitSet(Math.multiplyExact(width, height));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (inside.test(x, y)) {
                    bits.set(y * width + x);
                }
            }
        }
        return new Plane(width, height, bits);
    }

    /**
     * What is inside of any of some planes; an empty plane if there are none.
     *
     * @throws IllegalArgumentException if one is of another size
     */
    public static Plane union(int width, int height, List<Plane> planes) {
        BitSet bits = new BitSet(Math.multiplyExact(width, height));
        for (Plane plane : planes) {
            if (plane.width != width || plane.height != height) {
                throw new IllegalArgumentException("expected planes of " + width + " x " + height + ", found " + plane);
            }
            bits.or(plane.bits);
        }
        return new Plane(width, height, bits);
    }

    static Plane ofBits(int width, int height, BitSet bits) {
        return new Plane(width, height, bits);
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /** Whether the pixel in column x and row y is inside. */
    public boolean at(int x, int y) {
        return bits.get(Math.multiplyExact(y, width) + x);
    }

    /** Number of pixels inside. */
    public int area() {
        return bits.cardinality();
    }

    /** The mean column of the pixels inside, 0 to width - 1; nothing if there are none. */
    public OptionalDouble centreX() {
        return bits.stream().mapToDouble(i -> i % width).average();
    }

    /** Row-major values, 1 inside and 0 outside. */
    public float[] toArray() {
        float[] values = new float[Math.multiplyExact(width, height)];
        bits.stream().forEach(i -> values[i] = 1);
        return values;
    }

    /** Writes row-major bytes, 1 inside and 0 outside, to {@code target} from index {@code start} on. */
    public void writeTo(byte[] target, int start) {
        Arrays.fill(target, start, start + Math.multiplyExact(width, height), (byte) 0);
        forEachRun((from, to) -> Arrays.fill(target, start + from, start + to, (byte) 1));
    }

    /** Calls for each row-major run of pixels inside. */
    void forEachRun(Run run) {
        int from = bits.nextSetBit(0);
        while (from >= 0) {
            int to = bits.nextClearBit(from);
            run.at(from, to);
            from = bits.nextSetBit(to);
        }
    }

    /** A run of pixels inside. */
    @FunctionalInterface
    interface Run {
        /** @param to exclusive */
        void at(int from, int to);
    }

    /**
     * This plane at another size. Where it shrinks, a pixel is inside if at least half of what it covers is, weighted as {@link
     * GreyImage#resize} does; where it grows, the nearest pixel decides.
     *
     * @throws IllegalArgumentException if a side is not positive
     */
    public Plane resize(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        if (newWidth < width || newHeight < height) {
            GreyImage mean = GreyImage.of(width, height, toArray()).resize(newWidth, newHeight);
            return of(newWidth, newHeight, (x, y) -> mean.at(x, y) >= 0.5f - 1e-5f);
        }
        return of(
                newWidth,
                newHeight,
                (x, y) -> at((int) ((x + 0.5) * width / newWidth), (int) ((y + 0.5) * height / newHeight)));
    }

    /** The pixels as bits, row-major, eight a byte, the first in the lowest bit: {@code (width * height + 7) / 8} bytes. */
    public byte[] toPackedBits() {
        return Arrays.copyOf(bits.toByteArray(), (width * height + 7) / 8);
    }

    /**
     * The plane of bits as {@link #toPackedBits} gives them.
     *
     * @throws IllegalArgumentException if they are of another length or a bit is beyond the plane
     */
    public static Plane ofPackedBits(int width, int height, byte[] packed) {
        BitSet bits = BitSet.valueOf(packed);
        int pixels = Math.multiplyExact(width, height);
        if (width <= 0 || packed.length != (pixels + 7) / 8 || bits.length() > pixels) {
            throw new IllegalArgumentException(
                    "expected bits of " + width + " x " + height + " pixels, found " + packed.length + " bytes");
        }
        return new Plane(width, height, bits);
    }

    BitSet bits() {
        return (BitSet) bits.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plane plane
                && plane.width == width
                && plane.height == height
                && plane.bits.equals(bits);
    }

    @Override
    public int hashCode() {
        return 31 * width + bits.hashCode();
    }

    @Override
    public String toString() {
        return "Plane[" + width + " x " + height + ", area " + area() + "]";
    }
}
