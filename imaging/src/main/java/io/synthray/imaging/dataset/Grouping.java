package io.synthray.imaging.dataset;

import java.util.Locale;
import java.util.Optional;

/** What a data set knows about which images belong together, which limits how well sides can be kept apart. */
public enum Grouping {
    /** Patients are named: none is on two sides. */
    PATIENT(null),
    /** Examinations are named, patients are not. */
    STUDY("the data set names studies but no patients: two studies of a patient may stand on two sides of a split, and"
            + " results may look better than they would with new patients"),
    /** Neither is named. */
    IMAGE_ONLY(
            "the data set names no patients: two images of a patient may stand on two sides of a split, and results may look better"
                    + " than they would with new patients");

    private final String warning;

    Grouping(String warning) {
        this.warning = warning;
    }

    /** The word for it: {@code patient}, {@code study} or {@code image-only}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The grouping of a word. */
    public static Optional<Grouping> ofWord(String word) {
        for (Grouping grouping : values()) {
            if (grouping.word().equals(word)) {
                return Optional.of(grouping);
            }
        }
        return Optional.empty();
    }

    /** What every report of a study on the data set has to say; nothing where patients are named. */
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }
}
