package io.synthray.generator.request;

/** The request can be read, but no image can be made from it, now or later; the message names the part at fault. */
final class UnusableRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableRequestException(String message) {
        super(message);
    }
}
