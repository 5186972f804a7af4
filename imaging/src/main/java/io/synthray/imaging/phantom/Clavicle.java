package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * One clavicle, an S-shaped bar from the sternum outwards and upwards.
 *
 * @param side the patient's side
 * @param medial distance of its medial end from the midline
 * @param length its extent in x
 * @param y of its medial end
 * @param rise how far its lateral end lies higher
 * @param bend amplitude of its S
 * @param halfWidth half its height
 */
record Clavicle(Side side, double medial, double length, double y, double rise, double bend, double halfWidth)
        implements Body {

    static Clavicle draw(Side side, double y, CounterRandom random) {
        return new Clavicle(
                side,
                random.uniform(0.09, 0.13),
                random.uniform(0.42, 0.52),
                y + random.uniform(-0.02, 0.02),
                random.uniform(0.08, 0.2),
                random.uniform(0.01, 0.03),
                random.uniform(0.034, 0.046));
    }

    boolean contains(double px, double py) {
        return profile(px, py) > 0;
    }

    @Override
    public double attenuation(double px, double py) {
        return 0.45 * profile(px, py);
    }

    private double profile(double px, double py) {
        double s = (px * side.sign() - medial) / length;
        if (s <= 0 || s >= 1) {
            return 0;
        }
        // A cubic with zeros at 0, 1/2 and 1 for the S, and ends that widen at the sternum.
        double centre = y - rise * s + bend * 20.8 * s * (s - 0.5) * (s - 1);
        return chord(square((py - centre) / (halfWidth * (1.15 - 0.3 * s))));
    }
}
