package io.synthray.imaging.image;

import java.util.Arrays;

/**
 * An immutable greyscale image. Pixels are floats in 0 (black) to 1 (white), row by row from the top left corner.
 */
public final class GreyImage {

    private final int width;
    private final int height;
    private final float[] pixels;

    private GreyImage(int width, int height, float[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * Makes an image from row-major pixels. Values outside 0..1 are clamped.
     *
     * @param pixels {@code width * height} values, copied
     * @throws IllegalArgumentException if the size is not positive, the array's length differs from it, or a value is NaN
     */
    public static GreyImage of(int width, int height, float[] pixels) {
        require(width, height, pixels.length);
        float[] clamped = new float[pixels.length];
        clamp(pixels, clamped);
        return new GreyImage(width, height, clamped);
    }

    /**
     * Makes an image as {@link #of} does, but takes the array over instead of copying it, since images can be large. The caller must
     * not use it again.
     */
    public static GreyImage taking(int width, int height, float[] pixels) {
        require(width, height, pixels.length);
        clamp(pixels, pixels);
        return new GreyImage(width, height, pixels);
    }

    /** Makes an image from 8-bit grey levels, 0 to 255, row-major. */
    public static GreyImage ofBytes(int width, int height, byte[] levels) {
        float[] pixels = new float[levels.length];
        for (int i = 0; i < levels.length; i++) {
            pixels[i] = (levels[i] & 0xff) / 255f;
        }
        return taking(width, height, pixels);
    }

    private static void require(int width, int height, int length) {
        if (width <= 0 || height <= 0 || (long) width * height != length) {
            throw new IllegalArgumentException("expected a positive size with as many pixels, found " + width + " x "
                    + height + " and " + length + " pixels");
        }
    }

    private static void clamp(float[] pixels, float[] clamped) {
        for (int i = 0; i < pixels.length; i++) {
            if (Float.isNaN(pixels[i])) {
                throw new IllegalArgumentException("pixel " + i + " is not a number");
            }
            clamped[i] = Math.min(1f, Math.max(0f, pixels[i]));
        }
    }

    /** Width in pixels, at least 1. */
    public int width() {
        return width;
    }

    /** Height in pixels, at least 1. */
    public int height() {
        return height;
    }

    /** The pixel in column x (0 to width - 1) and row y (0 to height - 1), in 0..1. */
    public float at(int x, int y) {
        return pixels[Math.multiplyExact(y, width) + x];
    }

    /** A copy of all pixels, row-major. */
    public float[] toArray() {
        return pixels.clone();
    }

    /** The grey levels rounded to 8 bits, row-major. */
    public byte[] toBytes() {
        byte[] levels = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            levels[i] = (byte) (int) (pixels[i] * 255f + 0.5f);
        }
        return levels;
    }

    /** How many of the 256 8-bit grey levels occur. A radiograph with few of them is washed out. */
    public int greyLevels() {
        boolean[] seen = new boolean[256];
        int count = 0;
        for (byte level : toBytes()) {
            if (!seen[level & 0xff]) {
                seen[level & 0xff] = true;
                count++;
            }
        }
        return count;
    }

    /**
     * This image at another size, as Pillow documents its filters: along each axis BOX (the mean of the covered pixels) where it shrinks by a whole
     * number, BILINEAR otherwise, which takes in all covered pixels where it shrinks.
     *
     * @throws IllegalArgumentException if a side is not positive
     */
    public GreyImage resize(int newWidth, int newHeight) {
        if (newWidth <= 0 || newHeight <= 0) {
            throw new IllegalArgumentException("expected a positive size, found " + newWidth + " x " + newHeight);
        }
        if (newWidth == width && newHeight == height) {
            return this;
        }
        float[] rows = AxisResampler.of(width, newWidth).columns(pixels, width, height);
        return taking(newWidth, newHeight, AxisResampler.of(height, newHeight).rows(rows, newWidth, height));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GreyImage image && image.width == width && Arrays.equals(image.pixels, pixels);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "GreyImage[" + width + " x " + height + "]";
    }
}
