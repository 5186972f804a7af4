package io.synthray.trainer.trial;

/** Follows a training and may end it. */
public interface TrialObserver {
    /** An epoch is done. */
    void progress(Progress progress);

    /** Whether the training should end now; asked before every step. */
    boolean stopped();
}
