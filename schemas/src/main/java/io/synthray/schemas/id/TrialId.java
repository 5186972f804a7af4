package io.synthray.schemas.id;

/**
 * One training and test of the downstream model: {@code study/arm/repeat}.
 *
 * @param study name of the study
 * @param arm name of the arm
 * @param repeat 1..n
 */
public record TrialId(String study, String arm, int repeat) {
    /** @throws IllegalArgumentException when a part is misspelt or the repeat is below 1 */
    public TrialId {
        Names.STUDY.require(study);
        Names.ARM.require(arm);
        if (repeat < 1) {
            throw new IllegalArgumentException("repeat " + repeat + ": expected 1 or more");
        }
    }

    /**
     * Takes {@code study/arm/repeat} apart.
     *
     * @throws IllegalArgumentException when it is spelt otherwise
     */
    public static TrialId parse(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("trial '" + key + "': expected study/arm/repeat");
        }
        try {
            return new TrialId(parts[0], parts[1], Integer.parseInt(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("trial '" + key + "': expected a number for its repeat", e);
        }
    }

    /** The key {@code study/arm/repeat}. */
    public String key() {
        return study + "/" + arm + "/" + repeat;
    }

    @Override
    public String toString() {
        return key();
    }
}
