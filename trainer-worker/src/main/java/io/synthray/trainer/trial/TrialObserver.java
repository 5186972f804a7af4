package io.synthray.trainer.trial;

import java.util.function.Supplier;

/** Follows a training and may hold or end it. */
public interface TrialObserver {
    /** An epoch is done. */
    void progress(Progress progress);

    /**
     * The last step is done and the network has the weights that are tested next.
     *
     * @param state gives them as a file in the safetensors format, together with what the optimiser remembers; usable during the call only
     */
    default void trained(Supplier<byte[]> state) {}

    /** Whether the training should end now; asked before every step. It may return late: until then the training stands still. */
    boolean stopped();
}
