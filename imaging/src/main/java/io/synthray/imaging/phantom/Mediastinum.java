package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.bump;
import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.smoothStep;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * What lies between the lungs: spine, trachea, great vessels with the aortic knob, and the hila beside them.
 *
 * @param halfWidth half the width of the great vessels
 * @param knobY y of the aortic knob
 * @param knob radius of the aortic knob
 * @param vertebra height of a vertebra
 * @param hilum attenuation of a hilum
 */
record Mediastinum(double halfWidth, double knobY, double knob, double vertebra, double hilum) implements Body {

    static Mediastinum draw(CounterRandom random) {
        return new Mediastinum(
                random.uniform(0.12, 0.17),
                random.uniform(-0.42, -0.32),
                random.uniform(0.07, 0.12),
                random.uniform(0.12, 0.15),
                random.uniform(0.25, 0.5));
    }

    @Override
    public double attenuation(double x, double y) {
        double ax = Math.abs(x);
        double vessels = 0.5 * smoothStep(halfWidth + 0.05, halfWidth - 0.05, ax) * smoothStep(-0.75, -0.3, y);
        double aorta = 0.7 * chord((square(x - halfWidth + 0.02) + square(y - knobY)) / square(knob));
        double phase = y / vertebra - Math.floor(y / vertebra);
        double spine = chord(square(ax / 0.085)) * (0.45 + 0.15 * smoothStep(0.05, 0.2, Math.min(phase, 1 - phase)));
        double trachea = -0.55 * chord(square((x + 0.01) / 0.05)) * smoothStep(-0.25, -0.4, y);
        double left = square((x - 0.2) / 0.13) + square((y + 0.1) / 0.2);
        double right = square((x + 0.21) / 0.13) + square((y + 0.06) / 0.2);
        return vessels + aorta + spine + trachea + hilum * (bump(left) + bump(right));
    }
}
