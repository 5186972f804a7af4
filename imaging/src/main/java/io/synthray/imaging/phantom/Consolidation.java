package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.bump;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/** Air spaces filled in patches: overlapping clouds in one region of a lung. */
final class Consolidation implements Body {

    private static final int CLOUDS = 5;

    private final Thorax thorax;
    private final Lung lung;
    private final double[] clouds = new double[CLOUDS * 3];
    private final double strength;

    Consolidation(Thorax thorax, Side side, CounterRandom random) {
        this.thorax = thorax;
        this.lung = thorax.lung(side);
        double y = random.uniform(lung.top() + 0.3, lung.dome() - 0.18);
        double across = random.uniform(0.4, 0.65);
        double x = side.sign() * (lung.innerAt(y) + across * (lung.outerAt(y) - lung.innerAt(y)));
        double size = random.uniform(0.18, 0.27);
        for (int i = 0; i < clouds.length; i += 3) {
            clouds[i] = x + random.uniform(-0.6, 0.6) * size;
            clouds[i + 1] = y + random.uniform(-0.7, 0.7) * size;
            clouds[i + 2] = size * random.uniform(0.7, 1.1);
        }
        this.strength = random.uniform(0.6, 0.85);
    }

    @Override
    public double attenuation(double x, double y) {
        if (lung.lateral(x) < 0) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < clouds.length; i += 3) {
            sum += bump((square(x - clouds[i]) + square(y - clouds[i + 1])) / square(clouds[i + 2]));
        }
        return Math.min(1, 0.75 * sum) * strength * Lung.AIR * thorax.air(x, y);
    }
}
