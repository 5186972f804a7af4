package io.synthray.imaging.transform;

import io.synthray.imaging.random.CounterRandom;

/**
 * Classical augmentation of a training image together with its mask; each parameter is drawn uniformly from plus or minus its
 * range, unless it says otherwise.
 *
 * @param rotation degrees, 0 to 180
 * @param scale fraction, 0 to below 1: 0.1 draws a factor in 0.9..1.1
 * @param translation fraction of the side, 0 to 1
 * @param shear degrees, 0 to below 90
 * @param brightness fraction of the full range, 0 to 1, that is added
 * @param contrast fraction, 0 to below 1: 0.2 draws a factor in 0.8..1.2 on the distance from mid-grey
 * @param noise standard deviation of additive Gaussian noise as a fraction of the full range, 0 to 1
 * @param flip whether half of the images are mirrored
 * @param elasticAlpha what the field of an elastic deformation is multiplied with ({@link Elastic}), drawn uniformly from 0 to this, in
 *     pixels, 0 to 10,000; 0 for none
 * @param elasticSigma standard deviation of that field's Gaussian, in pixels, 0.5 to 256
 */
public record Augmentation(
        double rotation,
        double scale,
        double translation,
        double shear,
        double brightness,
        double contrast,
        double noise,
        boolean flip,
        double elasticAlpha,
        double elasticSigma) {
    private static final double USUAL_SIGMA = 4;
    private static final double HALF = 0.5;

    /** @throws IllegalArgumentException if a range is outside what is said above; the message names it */
    public Augmentation {
        new Ranges(rotation, scale, translation, shear);
        Ranges.require("brightness", brightness, 1, true);
        Ranges.require("contrast", contrast, 1, false);
        Ranges.require("noise", noise, 1, true);
        Ranges.require("elastic alpha", elasticAlpha, Elastic.MOST_ALPHA, true);
        if (!(elasticSigma >= Elastic.LEAST_SIGMA && elasticSigma <= Elastic.MOST_SIGMA)) {
            throw new IllegalArgumentException("elastic sigma: expected %s to %s, found %s"
                    .formatted(Elastic.LEAST_SIGMA, Elastic.MOST_SIGMA, elasticSigma));
        }
    }

    /** Neither mirrors nor deforms elastically. */
    public Augmentation(
            double rotation,
            double scale,
            double translation,
            double shear,
            double brightness,
            double contrast,
            double noise) {
        this(rotation, scale, translation, shear, brightness, contrast, noise, false, 0, USUAL_SIGMA);
    }

    /**
     * Augments one example. The image is interpolated linearly, with its border repeated outwards; planes take the nearest
     * pixel, with background outside. Grey levels become {@code (level - 0.5) * contrast + 0.5 + brightness + noise}, clamped
     * to 0..1. As {@link MaskTransform} does, it scales, shears, rotates, moves, deforms elastically and mirrors, in this order.
     *
     * <p>Parameters of the first four are drawn as there, then contrast, brightness, and the noise of every pixel. Flip, alpha and the elastic field come
     * from stream {@code ~stream}, so that the others do not depend on whether there is such a thing.
     *
     * @param image {@code side * side} grey levels, row-major; not changed
     * @param planes for each structure {@code side * side} values; not changed
     * @param seed of the trial
     * @param stream tells the examples of a trial apart, for example step * batch size + place; 0 or more
     */
    public Augmented apply(float[] image, float[][] planes, int side, long seed, long stream) {
        CounterRandom random = new CounterRandom(seed, stream);
        Affine affine = Affine.draw(random, new Ranges(rotation, scale, translation, shear), side, side);
        CounterRandom deformation = new CounterRandom(seed, ~stream);
        boolean mirrored = deformation.chance(flip ? HALF : 0);
        double[][] field = elasticAlpha > 0
                ? Elastic.field(deformation.uniform(0, elasticAlpha), elasticSigma, side, side, deformation)
                : new double[2][0];
        float[] newImage = new float[image.length];
        float[][] newPlanes = new float[planes.length][side * side];
        affine.forEach(side, side, field[0], field[1], (place, x, y) -> {
            int index = mirrored ? place + side - 1 - 2 * (place % side) : place;
            newImage[index] = linear(image, side, x, y);
            long column = Math.round(x);
            long row = Math.round(y);
            if (column >= 0 && column < side && row >= 0 && row < side) {
                for (int p = 0; p < planes.length; p++) {
                    newPlanes[p][index] = planes[p][(int) (row * side + column)];
                }
            }
        });
        changeLevels(newImage, random);
        return new Augmented(newImage, newPlanes, mirrored);
    }

    private void changeLevels(float[] image, CounterRandom random) {
        double factor = 1 + random.uniform(-contrast, contrast);
        double shift = random.uniform(-brightness, brightness);
        for (int i = 0; i < image.length; i++) {
            double level = (image[i] - 0.5) * factor + 0.5 + shift;
            if (noise > 0) {
                level += noise * random.nextNormal();
            }
            image[i] = (float) Math.min(1, Math.max(0, level));
        }
    }

    private static float linear(float[] image, int side, double x, double y) {
        double cx = Math.min(side - 1.0, Math.max(0, x));
        double cy = Math.min(side - 1.0, Math.max(0, y));
        int left = Math.min((int) cx, Math.max(0, side - 2));
        int top = Math.min((int) cy, Math.max(0, side - 2));
        int right = Math.min(left + 1, side - 1);
        int bottom = Math.min(top + 1, side - 1);
        double fx = cx - left;
        double fy = cy - top;
        double upper = image[top * side + left] * (1 - fx) + image[top * side + right] * fx;
        double lower = image[bottom * side + left] * (1 - fx) + image[bottom * side + right] * fx;
        return (float) (upper * (1 - fy) + lower * fy);
    }
}
