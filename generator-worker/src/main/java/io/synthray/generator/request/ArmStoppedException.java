package io.synthray.generator.request;

import io.synthray.event.Control;

/** The request's arm is stopped, so its image is no longer wanted. */
final class ArmStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArmStoppedException(Control word) {
        super("arm stopped by " + word.getIssuer() + ": " + word.getReason());
    }
}
