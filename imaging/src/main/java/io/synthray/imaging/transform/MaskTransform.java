package io.synthray.imaging.transform;

import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.CounterRandom;
import java.util.TreeMap;

/**
 * A random geometric change of a conditioning mask; each parameter is drawn uniformly from plus or minus its range.
 *
 * @param rotation degrees, 0 to 180
 * @param scale fraction, 0 to below 1: 0.1 draws a factor in 0.9..1.1
 * @param translation fraction of the mask's width and height, 0 to 1
 * @param shear degrees, 0 to below 90
 * @param flip mirror half of the masks, left and right structures exchanged
 */
public record MaskTransform(double rotation, double scale, double translation, double shear, boolean flip) {

    /** No change at all. */
    public static final MaskTransform NONE = new MaskTransform(0, 0, 0, 0, false);

    /** @throws IllegalArgumentException if a range is outside what is said above; the message names it */
    public MaskTransform {
        new Ranges(rotation, scale, translation, shear);
    }

    /**
     * Changes a mask. The parameters come from stream 0 of {@link CounterRandom} in the order rotation, scale, translation in x,
     * translation in y, shear, flip. Pixels are taken from the nearest source pixel; what comes from outside is background.
     */
    public Mask apply(Mask mask, long seed) {
        CounterRandom random = new CounterRandom(seed, 0);
        int width = mask.width();
        int height = mask.height();
        Affine affine = Affine.draw(random, new Ranges(rotation, scale, translation, shear), width, height);
        boolean mirror = random.chance(0.5) && flip;
        int[] sources = new int[width * height];
        affine.forEach(width, height, (index, x, y) -> {
            long column = Math.round(x);
            long row = Math.round(y);
            boolean inside = column >= 0 && column < width && row >= 0 && row < height;
            sources[index] = inside ? (int) (row * width + column) : -1;
        });
        TreeMap<String, Plane> planes = new TreeMap<>();
        mask.planes().forEach((name, plane) -> {
            Plane changed = Plane.of(width, height, (x, y) -> {
                int source = sources[y * width + (mirror ? width - 1 - x : x)];
                return source >= 0 && plane.at(source % width, source / width);
            });
            planes.put(mirror ? Structures.mirrored(name) : name, changed);
        });
        return new Mask(width, height, planes);
    }
}
