package io.synthray.imaging.random;

/**
 * The seeds of one repeat of a study. They do not depend on the arm, so that the arms of a repeat pair.
 *
 * @param subset draws the repeat's real images
 * @param initialisation of the network's weights
 * @param order of batches and of augmentation
 */
public record RepeatSeeds(long subset, long initialisation, long order) {
    /**
     * The seeds of a repeat.
     *
     * @param studySeed the study's one seed
     * @param repeat 1..n
     */
    public static RepeatSeeds of(long studySeed, int repeat) {
        String number = Integer.toString(repeat);
        return new RepeatSeeds(
                SeedDerivation.derive(studySeed, "subset", number),
                SeedDerivation.derive(studySeed, "initialisation", number),
                SeedDerivation.derive(studySeed, "order", number));
    }
}
