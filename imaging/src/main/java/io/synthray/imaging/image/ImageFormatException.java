package io.synthray.imaging.image;

/** An image that cannot be read: not a PNG, damaged, too large, or of a kind that is not supported. */
public final class ImageFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what was expected and what was found */
    public ImageFormatException(String reason) {
        this("", reason, null);
    }

    /**
     * @param name names the image, empty for none
     * @param reason what was expected and what was found
     * @param cause the reader's own error, null for none
     */
    public ImageFormatException(String name, String reason, Throwable cause) {
        super(name.isEmpty() ? reason : name + ": " + reason, cause);
        this.reason = reason;
    }

    /** The message without the image's name, which may be a patient's. */
    public String reason() {
        return reason;
    }
}
