package io.synthray.imaging.dataset;

import java.util.Locale;

/** What a case may be used for. */
public enum Split {
    TRAIN,
    TEST;

    /** The word in index.csv: {@code train} or {@code test}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
