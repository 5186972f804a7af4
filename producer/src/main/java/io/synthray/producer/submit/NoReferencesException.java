package io.synthray.producer.submit;

/** A study wants fidelity, and features of its real images cannot be made. */
public final class NoReferencesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param study id
     * @param why one line
     * @param cause null where there is none
     */
    public NoReferencesException(String study, String why, Throwable cause) {
        super(
                "study %s asks for fidelity, and its real images could not be embedded: %s; nothing was published"
                        .formatted(study, why),
                cause);
    }
}
