package io.synthray.imaging.file;

/** A file that must not be read, or cannot be: a path out of its folder, a link out of it, content that unpacks without end. */
public final class UnsafeFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was expected and what was found, without the file's name */
    public UnsafeFileException(String message) {
        super(message);
    }

    /** @param cause the error of reading */
    public UnsafeFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
