package io.synthray.imaging.image;

/** An image that cannot be read: not a PNG, damaged, too large, or of a kind that is not supported. */
public final class ImageFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the image, what was expected and what was found */
    public ImageFormatException(String message) {
        super(message);
    }

    /**
     * @param message names the image, what was expected and what was found
     * @param cause the reader's own error
     */
    public ImageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
