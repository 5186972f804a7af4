package io.synthray.statistics.sequential;

/** The two sequential tests that a plan can choose. */
public enum SequentialTest {
    /** {@link SequentialTTest}: needs the planned number of repeats, and is the t-test there. */
    PLANNED,
    /** {@link EProcess}: needs no number, and may go on for ever. */
    OPEN_ENDED
}
