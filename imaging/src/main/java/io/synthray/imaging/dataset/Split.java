package io.synthray.imaging.dataset;

import java.util.Locale;

/** What a case may be used for. */
public enum Split {
    /** Training; the real images of a study's repeats come from here, those that a repeat validates with included. */
    TRAIN,
    /** What a data set's publisher sets apart for tuning. No study trains on it or is judged by it. */
    VALIDATION,
    /** The one test at a study's end. */
    TEST;

    /** The word in index.csv: {@code train}, {@code validation} or {@code test}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
