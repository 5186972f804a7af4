package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/**
 * The rib cage: posterior ribs leave the spine and fall towards the side, fainter anterior ribs fall towards the midline.
 *
 * @param first y of the first posterior rib at the spine
 * @param spacing distance between ribs
 * @param drop how far a posterior rib falls on its way to the side
 * @param halfWidth half a rib's height
 * @param density attenuation of a rib
 * @param reach distance of the ribs' lateral ends from the midline
 */
record Ribs(double first, double spacing, double drop, double halfWidth, double density, double reach) implements Body {

    private static final int PAIRS = 10;

    static Ribs draw(CounterRandom random, double reach) {
        return new Ribs(
                random.uniform(-0.84, -0.76),
                random.uniform(0.135, 0.16),
                random.uniform(0.1, 0.2),
                random.uniform(0.024, 0.034),
                random.uniform(0.16, 0.32),
                reach + 0.04);
    }

    /** y of posterior rib {@code index} at the fraction {@code s} (0 to 1) of its way from spine to side. */
    double posteriorAt(int index, double s) {
        return first + spacing * index - 0.24 * s * (1 - s) + (drop + 0.012 * index) * s * s;
    }

    /** Distance from the midline at that fraction. */
    double lateralAt(double s) {
        return 0.07 + s * (reach - 0.07);
    }

    @Override
    public double attenuation(double x, double y) {
        double s = (Math.abs(x) - 0.07) / (reach - 0.07);
        if (s <= 0 || s >= 1) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < PAIRS; i++) {
            sum += density * tube((y - posteriorAt(i, s)) / halfWidth);
            if (i < PAIRS - 3 && s > 0.38) {
                double anterior = posteriorAt(i, 1) + 0.04 + 0.3 * (1 - s);
                sum += 0.5 * density * tube((y - anterior) / (1.25 * halfWidth));
            }
        }
        return sum;
    }

    /** Cortical bone makes the rims of a rib brighter than its middle. */
    private static double tube(double d) {
        if (Math.abs(d) >= 1) {
            return 0;
        }
        return chord(square(d)) - 0.45 * chord(square(1.35 * d));
    }
}
