package io.synthray.imaging.transform;

import io.synthray.imaging.random.CounterRandom;

/**
 * A change of geometry about the image's centre. It keeps the inverse, which resampling needs: the place in the source of a
 * place in the result, in pixels from the centre, is (xx x + xy y + x0, yx x + yy y + y0).
 *
 * <p>The forward change scales, shears along x, rotates, then moves: p' = t + R(rotation) [1 tan(shear); 0 1] scale p.
 */
record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {

    /** Where a pixel of the result comes from. */
    interface Source {
        /** @param x column in the source, fractional; pixel centres are whole numbers */
        void at(int index, double x, double y);
    }

    /**
     * Draws each parameter uniformly from plus or minus its range, in the order rotation, scale, translation in x, translation in
     * y, shear. Translations are fractions of the width and of the height.
     */
    static Affine draw(CounterRandom random, Ranges ranges, int width, int height) {
        double angle = Math.toRadians(random.uniform(-ranges.rotation(), ranges.rotation()));
        double factor = 1 + random.uniform(-ranges.scale(), ranges.scale());
        double moveX = random.uniform(-ranges.translation(), ranges.translation()) * width;
        double moveY = random.uniform(-ranges.translation(), ranges.translation()) * height;
        double skew = StrictMath.tan(Math.toRadians(random.uniform(-ranges.shear(), ranges.shear())));
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        // Inverse of R K s: first undo the rotation, then the shear, then the scale.
        double xx = (cos + skew * sin) / factor;
        double xy = (sin - skew * cos) / factor;
        double yx = -sin / factor;
        double yy = cos / factor;
        return new Affine(xx, xy, -(xx * moveX + xy * moveY), yx, yy, -(yx * moveX + yy * moveY));
    }

    /** Calls for every pixel of the result, row by row. */
    void forEach(int width, int height, Source source) {
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double x = column - centreX;
                double y = row - centreY;
                source.at(row * width + column, xx * x + xy * y + x0 + centreX, yx * x + yy * y + y0 + centreY);
            }
        }
    }
}
