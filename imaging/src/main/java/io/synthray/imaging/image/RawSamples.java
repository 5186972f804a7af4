package io.synthray.imaging.image;

import java.awt.image.Raster;

/**
 * Samples of one component as a codec stores them, row-major. The array is not copied: whoever holds it must not change it.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param bits bits of a sample that count, 1 to 16
 * @param values {@code width * height} values, to be read as unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between codec and image; never compared.
public record RawSamples(int width, int height, int bits, short[] values) {

    /** @throws IllegalArgumentException if the array's length differs from the size */
    public RawSamples {
        if (width <= 0 || height <= 0 || (long) width * height != values.length) {
            throw new IllegalArgumentException("expected a positive size with as many samples, found " + width + " x "
                    + height + " and " + values.length + " samples");
        }
    }

    static RawSamples of(Raster raster, int bits) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        short[] values = new short[Math.multiplyExact(width, height)];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                values[y * width + x] = (short) row[x];
            }
        }
        return new RawSamples(width, height, bits, values);
    }
}
