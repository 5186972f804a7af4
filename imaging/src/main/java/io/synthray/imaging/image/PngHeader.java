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

    /** @throws ImageFormatException if the size is not positive or beyond {@link PixelBudget} */
    public PngHeader {
        PixelBudget.require(width, height, Math.max(1, bitDepth / 8) * channels(colourType));
    }

    private static int channels(int colourType) {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** Whether samples are single grey bytes, as masks need them. */
    public boolean isGrey8() {
        return bitDepth == 8 && colourType == 0;
    }
}
