package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * The heart's silhouette, a tilted ellipse.
 *
 * @param x centre
 * @param y centre
 * @param length half the long axis
 * @param breadth half the short axis
 * @param cos cosine of the long axis' angle below the horizontal
 * @param sin sine of it
 */
record Heart(double x, double y, double length, double breadth, double cos, double sin) {

    static Heart draw(CounterRandom random) {
        double angle = random.uniform(0.45, 0.75);
        return new Heart(
                random.uniform(0.09, 0.16),
                random.uniform(0.17, 0.25),
                random.uniform(0.37, 0.44),
                random.uniform(0.27, 0.32),
                StrictMath.cos(angle),
                StrictMath.sin(angle));
    }

    /** The heart of cardiomegaly: larger, mostly to the patient's left. */
    Heart enlarged(double factor) {
        return new Heart(
                x + 0.16 * (factor - 1),
                y - 0.05 * (factor - 1),
                length * factor,
                breadth * (0.4 + 0.6 * factor),
                cos,
                sin);
    }

    /** Squared distance from the centre in units of the outline: below 1 inside. */
    double r2(double px, double py) {
        double dx = px - x;
        double dy = py - y;
        return square((cos * dx + sin * dy) / length) + square((cos * dy - sin * dx) / breadth);
    }

    boolean contains(double px, double py) {
        return r2(px, py) <= 1;
    }

    /** The fraction of a lung's air that the heart displaces. */
    double displaced(double px, double py) {
        double r2 = r2(px, py);
        return r2 >= 1 ? 0 : 0.9 * Math.sqrt(Math.sqrt(1 - r2));
    }
}
