package io.synthray.trainer.trial;

/** Follows a training and may hold or end it. */
public interface TrialObserver {
    /** An epoch is done. */
    void progress(Progress progress);

    /** Whether the training should end now; asked before every step. It may return late: until then the training stands still. */
    boolean stopped();
}
