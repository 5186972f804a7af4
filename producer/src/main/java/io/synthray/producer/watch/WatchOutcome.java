package io.synthray.producer.watch;

/** How watching a study ended. */
public enum WatchOutcome {
    /** Every trial of the study has completed. */
    COMPLETE,
    /** Every trial has ended, and one at least has not completed. */
    FAILED,
    /** The time was up before the study ended. */
    TIMED_OUT
}
