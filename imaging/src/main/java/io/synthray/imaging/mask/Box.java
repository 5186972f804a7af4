package io.synthray.imaging.mask;

import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.PixelBudget;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A rectangle in pixels of an image, as RSNA's annotations have it.
 *
 * @param x left edge, 0 or more
 * @param y upper edge, 0 or more
 * @param width above 0
 * @param height above 0
 */
public record Box(double x, double y, double width, double height) {

    /** @throws ImageFormatException if a number is out of its range or none */
    public Box {
        if (!(x >= 0 && y >= 0 && width > 0 && height > 0)
                || Double.isInfinite(x + width)
                || Double.isInfinite(y + height)) {
            throw new ImageFormatException("expected a box with edges from 0 and sides above 0, found x " + x + ", y "
                    + y + ", width " + width + ", height " + height);
        }
    }

    /**
     * The plane that boxes cover: pixels whose centre is inside of any of them.
     *
     * @throws ImageFormatException if a box reaches beyond the plane
     */
    public static Plane plane(List<Box> boxes, int width, int height) {
        PixelBudget.require(width, height, 1);
        for (Box box : boxes) {
            if (box.x + box.width > width || box.y + box.height > height) {
                throw new ImageFormatException("expected a box within " + width + " x " + height + ", found " + box);
            }
        }
        BitSet bits = new BitSet(width * height);
        for (Box box : boxes) {
            int left = firstCentreFrom(box.x);
            int right = firstCentreFrom(box.x + box.width);
            int bottom = firstCentreFrom(box.y + box.height);
            for (int row = firstCentreFrom(box.y); row < bottom; row++) {
                bits.set(row * width + left, row * width + right);
            }
        }
        return Plane.ofBits(width, height, bits);
    }

    /** The first pixel whose centre is not before an edge. */
    private static int firstCentreFrom(double edge) {
        return (int) Math.ceil(edge - 0.5);
    }

    /** The smallest box around a plane's pixels, nothing if there are none. */
    public static Optional<Box> around(Plane plane) {
        int[] at = plane.bits().stream().toArray();
        if (at.length == 0) {
            return Optional.empty();
        }
        int left = plane.width();
        int right = 0;
        for (int i : at) {
            left = Math.min(left, i % plane.width());
            right = Math.max(right, i % plane.width());
        }
        int top = at[0] / plane.width();
        int bottom = at[at.length - 1] / plane.width();
        return Optional.of(new Box(left, top, right - left + 1.0, bottom - top + 1.0));
    }
}
