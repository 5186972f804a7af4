package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.segment2;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.random.CounterRandom;

/** Collapsed segments: dense oblique plates above a diaphragm that has been pulled up. */
final class Atelectasis implements Body {

    private static final int PLATES = 2;

    private final Thorax thorax;
    private final double[] plates = new double[PLATES * 5];

    Atelectasis(Thorax thorax, Side side, CounterRandom random) {
        this.thorax = thorax;
        Lung lung = thorax.lung(side);
        double y = lung.dome() - random.uniform(0.1, 0.2);
        double tilt = random.uniform(-0.12, 0.12);
        for (int i = 0; i < PLATES; i++) {
            double[] plate = {
                side.sign() * random.uniform(0.18, 0.28),
                y,
                side.sign() * random.uniform(0.6, 0.7),
                y + tilt,
                random.uniform(0.035, 0.055)
            };
            System.arraycopy(plate, 0, plates, i * 5, 5);
            y -= random.uniform(0.14, 0.22);
        }
    }

    /** The lung whose diaphragm has risen because of the lost volume. */
    static Lung raised(Lung lung, CounterRandom random) {
        return lung.withDome(lung.dome() - random.uniform(0.12, 0.2));
    }

    @Override
    public double attenuation(double x, double y) {
        double sum = 0;
        for (int i = 0; i < plates.length; i += 5) {
            double d2 = segment2(x, y, plates[i], plates[i + 1], plates[i + 2], plates[i + 3]);
            sum += chord(d2 / square(plates[i + 4]));
        }
        return 0.65 * sum * thorax.air(x, y);
    }
}
