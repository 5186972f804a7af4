package io.synthray.imaging.phantom;

import io.synthray.imaging.random.CounterRandom;

/**
 * How one radiograph is taken: the patient's pose before the detector, the dose, and the detector's noise.
 *
 * @param shiftX shift of the body in the frame's units
 * @param shiftY shift of the body
 * @param cos cosine of its rotation times its size
 * @param sin sine of its rotation times its size
 * @param dose factor on all attenuations
 * @param contrast exponent of the film's curve
 * @param noise standard deviation of a pixel's noise
 */
record Exposure(double shiftX, double shiftY, double cos, double sin, double dose, double contrast, double noise) {

    static Exposure draw(CounterRandom random) {
        double angle = random.uniform(-0.07, 0.07);
        double size = random.uniform(0.9, 1.06);
        return new Exposure(
                random.uniform(-0.05, 0.05),
                random.uniform(-0.05, 0.05),
                size * StrictMath.cos(angle),
                size * StrictMath.sin(angle),
                random.uniform(0.85, 1.15),
                random.uniform(0.9, 1.25),
                random.uniform(0.004, 0.016));
    }

    /** The body's x of the detector's place u, v. */
    double bodyX(double u, double v) {
        return (cos * (u - shiftX) + sin * (v - shiftY)) / (cos * cos + sin * sin);
    }

    /** The body's y of the detector's place u, v. */
    double bodyY(double u, double v) {
        return (cos * (v - shiftY) - sin * (u - shiftX)) / (cos * cos + sin * sin);
    }
}
