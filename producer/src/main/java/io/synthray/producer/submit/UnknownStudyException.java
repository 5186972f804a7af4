package io.synthray.producer.submit;

import io.synthray.producer.yaml.Similar;
import java.util.Set;

/** No study of this id has been submitted; the message suggests another where one is spelt alike. */
public final class UnknownStudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownStudyException(String study, Set<String> others) {
        super("expected a study that has been submitted, found " + Similar.describe(study, others)
                + (others.isEmpty() ? "; none has been submitted yet" : ""));
    }
}
