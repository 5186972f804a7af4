package io.synthray.imaging.transform;

import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.CounterRandom;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A random geometric change of a conditioning mask. It scales, shears along x, rotates, moves, deforms elastically and mirrors, in this
 * order, about the mask's centre. What a distribution without bounds draws is clamped.
 *
 * @param rotation degrees, clamped to -180..180; positive turns clockwise as displayed
 * @param scale fraction, clamped to -0.9..9: 0.1 makes everything a tenth larger
 * @param translation fraction of the mask's width and, drawn by itself, of its height, clamped to -1..1
 * @param shear degrees, clamped to -89..89
 * @param flip probability that the mask is mirrored, left and right structures exchanged; 0 to 1
 * @param elastic elastic deformation, if any
 */
public record MaskTransform(
        Distribution rotation,
        Distribution scale,
        Distribution translation,
        Distribution shear,
        double flip,
        Optional<Elastic> elastic) {

    /** No change at all. */
    public static final MaskTransform NONE = within(0, 0, 0, 0, false);

    private static final long PARAMETERS = 0;
    private static final long FIELD = 1;

    /** @throws IllegalArgumentException if the probability is none; the message names it */
    public MaskTransform {
        Ranges.require("flip", flip, 1, true);
    }

    /**
     * Each parameter uniform in plus or minus its range; a mirrored mask with probability 1/2 or none.
     *
     * @param rotation degrees, 0 to 180
     * @param scale fraction, 0 to below 1: 0.1 draws a factor in 0.9..1.1
     * @param translation fraction of the mask's width and height, 0 to 1
     * @param shear degrees, 0 to below 90
     * @throws IllegalArgumentException if a range is outside what is said above; the message names it
     */
    public static MaskTransform within(double rotation, double scale, double translation, double shear, boolean flip) {
        new Ranges(rotation, scale, translation, shear);
        return new MaskTransform(
                Distribution.within(rotation),
                Distribution.within(scale),
                Distribution.within(translation),
                Distribution.within(shear),
                flip ? 0.5 : 0,
                Optional.empty());
    }

    /**
     * Changes a mask. The parameters come from stream 0 of {@link CounterRandom} in the order rotation, scale, translation in x,
     * translation in y, shear, flip, alpha, sigma; the elastic field from stream 1. Pixels are taken from the nearest source pixel; what
     * comes from outside is background.
     */
    public Mask apply(Mask mask, long seed) {
        CounterRandom random = new CounterRandom(seed, PARAMETERS);
        int width = mask.width();
        int height = mask.height();
        Affine affine = affine(random, width, height);
        boolean mirror = random.chance(flip);
        double[][] field = elastic.map(deformation -> Elastic.field(
                        clamp(deformation.alpha().draw(random), 0, Elastic.MOST_ALPHA),
                        clamp(deformation.sigma().draw(random), Elastic.LEAST_SIGMA, Elastic.MOST_SIGMA),
                        width,
                        height,
                        new CounterRandom(seed, FIELD)))
                .orElse(new double[2][0]);
        int[] sources = new int[width * height];
        affine.forEach(width, height, field[0], field[1], (index, x, y) -> {
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

    /**
     * Whether {@link #apply} mirrors a mask of this seed. What is said about such a mask has to exchange left and right as well, see {@link
     * io.synthray.imaging.mask.Laterality}.
     */
    public boolean mirrors(long seed) {
        CounterRandom random = new CounterRandom(seed, PARAMETERS);
        // Drawn and dropped: the flip comes after them.
        affine(random, 1, 1);
        return random.chance(flip);
    }

    private Affine affine(CounterRandom random, int width, int height) {
        return Affine.of(
                clamp(rotation.draw(random), -180, 180),
                1 + clamp(scale.draw(random), -0.9, 9),
                clamp(translation.draw(random), -1, 1) * width,
                clamp(translation.draw(random), -1, 1) * height,
                clamp(shear.draw(random), -89, 89));
    }

    private static double clamp(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }
}
