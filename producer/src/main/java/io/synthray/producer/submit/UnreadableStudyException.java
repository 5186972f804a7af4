package io.synthray.producer.submit;

/** The broker holds something under the study's key that is no study. */
public final class UnreadableStudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableStudyException(String message, Throwable cause) {
        super(message, cause);
    }
}
