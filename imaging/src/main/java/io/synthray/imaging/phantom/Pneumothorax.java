package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.bump;
import static io.synthray.imaging.phantom.Shapes.smoothStep;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.CounterRandom;

/**
 * Free air between chest wall and lung: a dark rim without vessels, a thin pleural line, and a lung that is denser because it
 * has collapsed.
 *
 * @param lung the lung's outline
 * @param collapse the rim's width at the apex as a fraction of the lung's width
 */
record Pneumothorax(Lung lung, double collapse) implements Lesion {

    static Pneumothorax draw(Lung lung, CounterRandom random) {
        return new Pneumothorax(lung, random.uniform(0.32, 0.55));
    }

    @Override
    public String structure() {
        return Structures.PNEUMOTHORAX;
    }

    /** Where the free air is. */
    @Override
    public boolean contains(double x, double y) {
        return lung.contains(x, y) && beyond(x, y) > 0;
    }

    @Override
    public double attenuation(double x, double y) {
        double thickness = lung.thickness(x, y);
        if (thickness == 0) {
            return 0;
        }
        double beyond = beyond(x, y);
        double rim = smoothStep(-0.01, 0.03, beyond);
        return -0.42 * rim * thickness + 0.32 * (1 - rim) * thickness + 0.35 * bump(square(beyond / 0.06));
    }

    /** Distance from the pleural line towards the chest wall, as a fraction of the lung's width. */
    private double beyond(double x, double y) {
        double depth = smoothStep(lung.top(), lung.angle(), y);
        double line = (1 - collapse * (1 - 0.6 * depth)) * Math.sqrt(smoothStep(0, 0.3, depth - 0.25 * collapse));
        return lung.across(x, y) - line;
    }
}
