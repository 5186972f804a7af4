package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.bump;
import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.smoothStep;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * Soft tissue of trunk, neck, shoulders and breasts.
 *
 * @param halfWidth half the waist's width
 * @param neck half the neck's width
 * @param shoulder y at which the shoulders start beside the neck
 * @param slope how far shoulders fall over one unit of x
 * @param density attenuation through the middle
 * @param breast attenuation of the breasts, 0 for none
 */
record Torso(double halfWidth, double neck, double shoulder, double slope, double density, double breast)
        implements Body {

    static Torso draw(CounterRandom random) {
        double density = random.uniform(2.1, 2.5);
        double breast = random.chance(0.5) ? random.uniform(0.1, 0.35) : 0;
        return new Torso(
                random.uniform(0.86, 1.0),
                random.uniform(0.24, 0.32),
                random.uniform(-1.0, -0.92),
                random.uniform(0.12, 0.3),
                density,
                breast);
    }

    @Override
    public double attenuation(double x, double y) {
        double ax = Math.abs(x);
        double width = halfWidth + 0.5 * smoothStep(0.15, -0.4, y);
        double trunk = Math.sqrt(chord(square(ax / width)));
        double above = shoulder + slope * Math.max(0, ax - neck);
        double shoulders = smoothStep(above - 0.02, above + 0.28, y);
        double throat = 0.85 * Math.sqrt(chord(square(ax / (neck * 1.1))));
        double present = Math.max(shoulders, throat);
        if (trunk == 0 || present == 0) {
            return 0;
        }
        double abdomen = 0.35 * smoothStep(0.3, 0.8, y);
        double humerus = 0.3 * chord((square(ax - 1.0) + square(y + 0.55)) / 0.04);
        double breasts = breast * bump(square((ax - 0.42) / 0.36) + square((y - 0.32) / 0.3));
        return (density + abdomen) * trunk * present + shoulders * (humerus + breasts);
    }
}
