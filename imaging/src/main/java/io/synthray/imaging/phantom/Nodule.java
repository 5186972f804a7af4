package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * A ball of tissue in a lung.
 *
 * @param x centre
 * @param y centre
 * @param radius its radius
 * @param density attenuation through its middle
 */
record Nodule(double x, double y, double radius, double density) implements Body {

    static Nodule draw(Lung lung, CounterRandom random) {
        double y = random.uniform(lung.top() + 0.2, lung.dome() - 0.15);
        double in = lung.innerAt(y) + (lung.side() == Side.LEFT && y > -0.1 ? 0.22 : 0.08);
        double x = in + random.uniform(0.25, 0.8) * (lung.outerAt(y) - in);
        return new Nodule(lung.side().sign() * x, y, random.uniform(0.06, 0.1), random.uniform(0.7, 1.1));
    }

    @Override
    public double attenuation(double px, double py) {
        return density * chord((square(px - x) + square(py - y)) / square(radius));
    }
}
