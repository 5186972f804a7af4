package io.synthray.producer.submit;

import java.util.List;

/** A study of this id has been submitted with another plan; the message shows every difference, a line each. */
public final class PlanChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanChangedException(String study, List<String> differences) {
        super("study " + study
                + " has been submitted with another plan. A plan is final: give the changed one another id, or"
                + " submit the first again.\nSubmitted before -> in the file:\n  "
                + String.join("\n  ", differences));
    }
}
