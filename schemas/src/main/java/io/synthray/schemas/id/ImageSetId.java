package io.synthray.schemas.id;

/**
 * The synthetic images of an arm: one {@code shared} set, or one a repeat ({@code repeat-3}).
 *
 * @param study name of the study
 * @param arm name of the arm
 * @param imageSet {@code shared} or {@code repeat-R}, R from 1
 */
public record ImageSetId(String study, String arm, String imageSet) {
    private static final String SHARED = "shared";
    private static final String OF_REPEAT = "repeat-";

    /** In a plan, the version of the sampler where each repeat has its own, of the repeat's number. */
    public static final String VERSION_OF_REPEAT = "repeat";

    private static final int MOST_DIGITS = 9;

    /** @throws IllegalArgumentException when a part is misspelt */
    public ImageSetId {
        Names.STUDY.require(study);
        Names.ARM.require(arm);
        if (!imageSet.equals(SHARED) && !isOfRepeat(imageSet)) {
            throw new IllegalArgumentException(
                    "image set '%s': expected 'shared' or 'repeat-R' with R from 1".formatted(imageSet));
        }
    }

    private static boolean isOfRepeat(String imageSet) {
        int digits = imageSet.length() - OF_REPEAT.length();
        if (!imageSet.startsWith(OF_REPEAT)
                || digits < 1
                || digits > MOST_DIGITS
                || imageSet.charAt(OF_REPEAT.length()) == '0') {
            return false;
        }
        for (int i = OF_REPEAT.length(); i < imageSet.length(); i++) {
            if (imageSet.charAt(i) < '0' || imageSet.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The image set that serves every repeat. */
    public static ImageSetId shared(String study, String arm) {
        return new ImageSetId(study, arm, SHARED);
    }

    /** The image set of one repeat, {@code repeat} from 1. */
    public static ImageSetId ofRepeat(String study, String arm, int repeat) {
        return new ImageSetId(study, arm, OF_REPEAT + repeat);
    }

    /**
     * The version of the sampler that draws this image set.
     *
     * @param planned version in the plan; {@link #VERSION_OF_REPEAT} is this set's repeat
     * @throws IllegalArgumentException for {@link #VERSION_OF_REPEAT} where the set serves every repeat
     */
    public String modelVersion(String planned) {
        if (!planned.equals(VERSION_OF_REPEAT)) {
            return planned;
        }
        if (!imageSet.startsWith(OF_REPEAT)) {
            throw new IllegalArgumentException(
                    "image set %s: expected one of a repeat, for a version a repeat".formatted(key()));
        }
        return imageSet.substring(OF_REPEAT.length());
    }

    /** The key {@code study/arm/imageSet}. */
    public String key() {
        return study + "/" + arm + "/" + imageSet;
    }

    @Override
    public String toString() {
        return key();
    }
}
