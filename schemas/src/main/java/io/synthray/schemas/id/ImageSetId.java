package io.synthray.schemas.id;

import java.util.regex.Pattern;

/**
 * The synthetic images of an arm: one {@code shared} set, or one a repeat ({@code repeat-3}).
 *
 * @param study name of the study
 * @param arm name of the arm
 * @param imageSet {@code shared} or {@code repeat-R}, R from 1
 */
public record ImageSetId(String study, String arm, String imageSet) {
    private static final String SHARED = "shared";
    private static final Pattern IMAGE_SET = Pattern.compile("shared|repeat-[1-9][0-9]{0,8}");

    /** @throws IllegalArgumentException when a part is misspelt */
    public ImageSetId {
        Names.STUDY.require(study);
        Names.ARM.require(arm);
        if (!IMAGE_SET.matcher(imageSet).matches()) {
            throw new IllegalArgumentException(
                    "image set '%s': expected 'shared' or 'repeat-R' with R from 1".formatted(imageSet));
        }
    }

    /** The image set that serves every repeat. */
    public static ImageSetId shared(String study, String arm) {
        return new ImageSetId(study, arm, SHARED);
    }

    /** The image set of one repeat, {@code repeat} from 1. */
    public static ImageSetId ofRepeat(String study, String arm, int repeat) {
        return new ImageSetId(study, arm, "repeat-" + repeat);
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
