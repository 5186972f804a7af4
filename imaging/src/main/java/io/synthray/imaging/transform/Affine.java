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
        return of(
                random.uniform(-ranges.rotation(), ranges.rotation()),
                1 + random.uniform(-ranges.scale(), ranges.scale()),
                random.uniform(-ranges.translation(), ranges.translation()) * width,
                random.uniform(-ranges.translation(), ranges.translation()) * height,
                random.uniform(-ranges.shear(), ranges.shear()));
    }

    /**
     * A change by its parameters.
     *
     * @param rotation degrees, positive clockwise as displayed
     * @param factor above 0
     * @param moveX pixels
     * @param moveY pixels
     * @param shear degrees, above -90 and below 90
     */
    static Affine of(double rotation, double factor, double moveX, double moveY, double shear) {
        double angle = Math.toRadians(rotation);
        double skew = StrictMath.tan(Math.toRadians(shear));
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
        forEach(width, height, new double[0], new double[0], source);
    }

    /** The same after displacements of the result's pixels, row-major; none where the arrays are empty. */
    void forEach(int width, int height, double[] displacedX, double[] displacedY, Source source) {
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int index = row * width + column;
                double x = column - centreX + (displacedX.length == 0 ? 0 : displacedX[index]);
                double y = row - centreY + (displacedY.length == 0 ? 0 : displacedY[index]);
                source.at(index, xx * x + xy * y + x0 + centreX, yx * x + yy * y + y0 + centreY);
            }
        }
    }
}
