package io.synthray.producer.submit;

import io.synthray.event.ReferenceChunk;
import io.synthray.producer.plan.PlannedStudy;
import java.util.List;

/** Where the features of a study's real images come from. */
@FunctionalInterface
public interface References {
    /** Makes none. */
    References NONE = study -> {
        throw new NoReferencesException(study.plan().getStudy(), "no inference server was named", null);
    };

    /**
     * All chunks of both sides; the same for the same plan.
     *
     * @throws NoReferencesException when they cannot be made
     */
    List<ReferenceChunk> of(PlannedStudy study);
}
