package io.synthray.imaging.image;

/**
 * What a PNG's first chunk says (PNG specification, third edition, 11.2.1).
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param bitDepth bits a sample: 1, 2, 4, 8 or 16
 * @param colourType 0 greyscale, 2 RGB, 3 palette, 4 greyscale with alpha, 6 RGB with alpha
 */
public record PngHeader(int width, int height, int bitDepth, int colourType) {

    /** Largest number of pixels that is read: 64 Mi, more than any radiograph and less than what exhausts memory. */
    public static final long MAX_PIXELS = 64L * 1024 * 1024;

    /** @throws ImageFormatException if the size is not positive or beyond the limit */
    public PngHeader {
        if (width <= 0 || height <= 0) {
            throw new ImageFormatException("expected a positive size, found " + width + " x " + height);
        }
        if ((long) width * height > MAX_PIXELS) {
            throw new ImageFormatException(
                    "expected at most " + MAX_PIXELS + " pixels, found " + width + " x " + height);
        }
    }

    /** Whether samples are single grey bytes, as masks need them. */
    public boolean isGrey8() {
        return bitDepth == 8 && colourType == 0;
    }
}
