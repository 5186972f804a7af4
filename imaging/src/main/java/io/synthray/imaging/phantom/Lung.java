package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.smoothStep;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * The air of one lung, which displaces soft tissue. Its outline: an apex that widens to the ribs, a medial border beside
 * the mediastinum, and the diaphragm's dome, which falls to the costophrenic angle.
 *
 * @param side the patient's side
 * @param top y of the apex
 * @param apex distance of the apex from the midline
 * @param inner distance of the medial border from the midline
 * @param outer largest distance of the lateral border from the midline
 * @param dome y of the top of the diaphragm
 * @param angle y of the costophrenic angle
 */
record Lung(Side side, double top, double apex, double inner, double outer, double dome, double angle) implements Body {

    /** What air takes away from the attenuation of the trunk, at the thickest place. */
    static final double AIR = 1.6;

    static Lung draw(Side side, double top, CounterRandom random) {
        double dome = random.uniform(0.34, 0.48) + (side == Side.LEFT ? 0.05 : 0);
        return new Lung(
                side,
                top + random.uniform(-0.02, 0.02),
                random.uniform(0.27, 0.33),
                random.uniform(0.1, 0.13),
                random.uniform(0.72, 0.82),
                dome,
                dome + random.uniform(0.16, 0.26));
    }

    Lung withDome(double newDome) {
        return new Lung(side, top, apex, inner, outer, newDome, angle - 0.5 * (dome - newDome));
    }

    /** Distance from the midline, positive on this lung's side. */
    double lateral(double x) {
        return x * side.sign();
    }

    /** Distance of the lateral border from the midline at y. */
    double outerAt(double y) {
        double t = Math.min(1, Math.max(0, (y - top) / (0.75 * (angle - top))));
        return apex + (outer - apex) * Math.sqrt(1 - square(1 - t));
    }

    /** Distance of the medial border from the midline at y. */
    double innerAt(double y) {
        double t = Math.min(1, Math.max(0, (y - top) / (0.18 * (angle - top))));
        return apex - (apex - inner) * Math.sqrt(1 - square(1 - t));
    }

    /** How far from the medial (0) to the lateral border (1) a point is. */
    double across(double x, double y) {
        double in = innerAt(y);
        return (lateral(x) - in) / (outerAt(y) - in + 1e-9);
    }

    /** y of the diaphragm at x. */
    double diaphragm(double x) {
        double centre = 0.42 * outer + 0.25 * inner;
        double d = lateral(x) - centre;
        double reach = d > 0 ? outer - centre : 1.6 * (centre - inner);
        return dome + (angle - dome) * Math.min(1.2, square(d / reach));
    }

    boolean contains(double x, double y) {
        return thickness(x, y) > 0;
    }

    /** Thickness of the air from 0 (outside) to 1. */
    double thickness(double x, double y) {
        if (y <= top || y >= angle || lateral(x) < 0) {
            return 0;
        }
        double across = across(x, y);
        double base = diaphragm(x) - y;
        if (across <= 0 || across >= 1 || base <= 0) {
            return 0;
        }
        double q = 2 * across - 1;
        double profile = Math.sqrt(1 - q * q * q * q);
        double apical = 0.55 + 0.45 * smoothStep(top, top + 0.45, y);
        return profile * apical * (0.35 + 0.65 * smoothStep(0, 0.07, base));
    }

    @Override
    public double attenuation(double x, double y) {
        return -AIR * thickness(x, y);
    }
}
