package io.synthray.producer.submit;

/** Another submit of the same study has started after this one and goes on in its place. */
public final class SubmitSupersededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SubmitSupersededException(String study, Throwable cause) {
        super(
                "another submit of study " + study
                        + " has taken over from this one and finishes it; nothing is lost or doubled."
                        + " Should it have been stopped, run submit again.",
                cause);
    }
}
