package io.synthray.imaging.image;

/**
 * How much memory the pixels of one image may take while it is read. A header says how large an image is long before there is any sign
 * that the file has as much in it, so every reader asks here before it allocates.
 */
public final class PixelBudget {

    /** Bytes for raw samples and the grey image made from them: 192 MiB, that is 40 Mi pixels of 8 bits, 33 Mi of 16. */
    public static final long MAX_BYTES = 192L * 1024 * 1024;

    private PixelBudget() {}

    /**
     * Refuses an image that is too large.
     *
     * @param bytesPerPixel bytes of a raw pixel, all channels together
     * @throws ImageFormatException if the size is not positive or the pixels take more than {@link #MAX_BYTES}
     */
    public static void require(int width, int height, int bytesPerPixel) {
        if (width <= 0 || height <= 0) {
            throw new ImageFormatException("expected a positive size, found " + width + " x " + height);
        }
        long most = MAX_BYTES / (bytesPerPixel + Float.BYTES);
        if ((long) width * height > most) {
            throw new ImageFormatException("expected at most " + most + " pixels, found " + width + " x " + height);
        }
    }
}
