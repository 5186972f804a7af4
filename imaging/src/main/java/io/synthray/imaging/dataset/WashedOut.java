package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import java.util.Optional;

/** Tells a radiograph that shows next to nothing. */
final class WashedOut {

    /** A radiograph uses a hundred grey levels and more; with fewer than this it shows next to nothing. */
    private static final int FEWEST_GREY_LEVELS = 32;

    private WashedOut() {}

    /** The warning that the image of this case at this location deserves, if any. */
    static Optional<DatasetProblem> warning(DatasetCase c, String location, GreyImage image) {
        int levels = image.greyLevels();
        return levels >= FEWEST_GREY_LEVELS
                ? Optional.empty()
                : Optional.of(DatasetProblem.warning(
                        location,
                        "washed out: expected " + FEWEST_GREY_LEVELS + " grey levels or more, found " + levels,
                        c.key()));
    }
}
