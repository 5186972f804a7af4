package io.synthray.imaging.csv;

/** A label file that cannot be read. */
public final class CsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long line;

    CsvException(long line, String message, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** The line that it is about, 0 for the file as a whole. */
    public long line() {
        return line;
    }
}
