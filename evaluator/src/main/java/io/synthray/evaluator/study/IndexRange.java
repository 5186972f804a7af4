package io.synthray.evaluator.study;

import io.synthray.schemas.id.ImageSetId;

/**
 * Neighbouring requests of an image set that are kept together.
 *
 * @param set the image set
 * @param first the first index, 0 or more
 */
public record IndexRange(ImageSetId set, int first) {
    private static final int DIGITS = 10;

    /** The range of {@code length} indexes that an index lies in. */
    static IndexRange of(ImageSetId set, int index, int length) {
        return new IndexRange(set, index - index % length);
    }

    /** The key {@code study/arm/image set/first}, the index with ten digits, so that the order of keys is the order of indexes. */
    public String key() {
        String digits = Integer.toString(first);
        return set.key() + "/" + "0".repeat(DIGITS - digits.length()) + digits;
    }
}
