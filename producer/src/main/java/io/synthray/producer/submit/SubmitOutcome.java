package io.synthray.producer.submit;

import java.util.List;

/** How a submit ended well. */
public sealed interface SubmitOutcome {
    /** The plan's identity. */
    String planHash();

    /**
     * The study is sealed now.
     *
     * @param planHash the plan's identity
     * @param published requests published by this submit
     * @param found requests that an earlier submit had published
     * @param partitions partitions that the requests are spread over
     */
    record Submitted(String planHash, long published, long found, List<Integer> partitions) implements SubmitOutcome {}

    /**
     * The study had been sealed with the same plan before; nothing was changed.
     *
     * @param planHash the plan's identity
     */
    record AlreadySubmitted(String planHash) implements SubmitOutcome {}
}
