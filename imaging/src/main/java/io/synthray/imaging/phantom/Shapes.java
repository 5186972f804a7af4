package io.synthray.imaging.phantom;

/** Profiles that bodies are made of. All are exact in every Java, so that a phantom is the same on every machine. */
final class Shapes {

    private Shapes() {}

    /** 0 below {@code from}, 1 above {@code to}, smooth between; {@code from} may be the larger one. */
    static double smoothStep(double from, double to, double x) {
        double t = Math.min(1, Math.max(0, (x - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }

    /** Half the chord of a unit ball at squared distance {@code r2} from its centre, 0 outside. */
    static double chord(double r2) {
        return r2 >= 1 ? 0 : Math.sqrt(1 - r2);
    }

    /** A smooth bump of height 1 that vanishes at {@code r2 = 1}, where r2 is a squared distance. */
    static double bump(double r2) {
        return r2 >= 1 ? 0 : (1 - r2) * (1 - r2);
    }

    /** Squared distance of a point from a segment. */
    static double segment2(double x, double y, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double t = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
        t = Math.min(1, Math.max(0, t));
        return square(x - x0 - t * dx) + square(y - y0 - t * dy);
    }

    static double square(double x) {
        return x * x;
    }
}
