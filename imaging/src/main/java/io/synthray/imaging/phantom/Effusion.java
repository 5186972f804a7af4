package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.smoothStep;

import io.synthray.imaging.random.CounterRandom;

/**
 * Pleural fluid: the base of the lung is as dense as the abdomen, up to a meniscus that climbs the chest wall.
 *
 * @param thorax the patient
 * @param lung the lung whose base it covers
 * @param level y of the fluid's middle
 * @param meniscus how far it climbs at the side
 */
record Effusion(Thorax thorax, Lung lung, double level, double meniscus) implements Body {

    static Effusion draw(Thorax thorax, Side side, CounterRandom random) {
        Lung lung = thorax.lung(side);
        return new Effusion(thorax, lung, lung.dome() - random.uniform(-0.02, 0.4), random.uniform(0.1, 0.25));
    }

    @Override
    public double attenuation(double x, double y) {
        double air = lung.lateral(x) < 0 ? 0 : thorax.air(x, y);
        if (air == 0) {
            return 0;
        }
        double across = lung.across(x, y);
        double surface = level - meniscus * across * across * across;
        return 1.02 * Lung.AIR * air * smoothStep(surface - 0.05, surface + 0.07, y);
    }
}
