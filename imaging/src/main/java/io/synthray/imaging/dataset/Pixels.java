package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import java.util.List;

/** Where a data set's pictures come from. Safe for several threads. */
public interface Pixels {

    /** Whether there are images at all, and not label files alone. */
    default boolean hasImages() {
        return true;
    }

    /**
     * Reads an image as it is.
     *
     * @throws ImageFormatException if it cannot be read
     */
    GreyImage image(String id);

    /**
     * Reads a mask of the structures that the listing names.
     *
     * @param width of the case's image
     * @param height of the case's image
     * @throws ImageFormatException if it cannot be read
     */
    Mask mask(String id, int width, int height);

    /** Boxes around findings; none where the data set has no boxes. */
    default List<Box> boxes(String id) {
        return List.of();
    }

    /** The image's name within the data set, for messages to its owner. */
    String location(String id);

    /** As {@link Dataset#stamp}. */
    long stamp(String id);
}
