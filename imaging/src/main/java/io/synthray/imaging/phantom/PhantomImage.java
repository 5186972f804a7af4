package io.synthray.imaging.phantom;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;

/**
 * A rendered phantom.
 *
 * @param image the radiograph, square, bright where little radiation arrived
 * @param mask the exact outlines of the five structures of {@link io.synthray.imaging.mask.Structures#BIT_SET}: lungs without
 *     the part before which the heart lies
 */
public record PhantomImage(GreyImage image, Mask mask) {}
