package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.bump;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/** Fluid in both lungs: haze around the hila in the shape of a bat's wings, with a net of thickened septa. */
final class Edema implements Body {

    private final Thorax thorax;
    private final Texture net;
    private final double strength;
    private final double reach;

    Edema(Thorax thorax, CounterRandom random) {
        this.thorax = thorax;
        this.net = new Texture(random, 29);
        this.strength = random.uniform(0.45, 0.7);
        this.reach = random.uniform(0.42, 0.55);
    }

    @Override
    public double attenuation(double x, double y) {
        double r2 = square((Math.abs(x) - 0.28) / reach) + square((y + 0.02) / (1.25 * reach));
        double haze = bump(r2) * (1 + 0.35 * net.at(x, y));
        return (strength * haze + 0.12 + 0.08 * net.at(x, y)) * Lung.AIR * thorax.air(x, y);
    }
}
