package io.synthray.statistics.sequential;

/** What a sequential test has come to. */
public enum Decision {
    /** Undecided, and repeats are left. */
    CONTINUE,
    /** The null hypothesis is rejected. */
    BENEFIT,
    /** Given up. */
    FUTILITY,
    /** Undecided, and no repeat is left. */
    NOT_SHOWN
}
