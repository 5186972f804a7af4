package io.synthray.imaging.image;

/**
 * Raw 8-bit samples of an image file, row-major. The array is not copied: whoever holds it must not change it.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param samples {@code width * height} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between codec and image; never compared.
public record GreySamples(int width, int height, byte[] samples) {

    /** @throws IllegalArgumentException if the array's length differs from the size */
    public GreySamples {
        if (width <= 0 || height <= 0 || (long) width * height != samples.length) {
            throw new IllegalArgumentException("expected a positive size with as many samples, found " + width + " x "
                    + height + " and " + samples.length + " samples");
        }
    }
}
