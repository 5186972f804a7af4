package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.bump;
import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.segment2;
import static io.synthray.imaging.phantom.Shapes.square;

import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.CounterRandom;

/**
 * A broken rib near the side: a dark gap, a displaced end that stands out of the rib's line, and callus around it.
 *
 * @param x place of the break
 * @param y place of the break
 * @param endX tip of the displaced end
 * @param endY tip of the displaced end
 * @param callus attenuation of the callus
 */
record Fracture(double x, double y, double endX, double endY, double callus) implements Lesion {

    static Fracture draw(Ribs ribs, Side side, CounterRandom random) {
        double s = random.uniform(0.62, 0.86);
        double y = ribs.posteriorAt(3 + random.nextInt(4), s);
        double x = side.sign() * ribs.lateralAt(s);
        return new Fracture(
                x,
                y,
                x + side.sign() * random.uniform(0.08, 0.13),
                y - random.uniform(0.09, 0.14),
                random.uniform(0.5, 0.8));
    }

    @Override
    public String structure() {
        return Structures.RIB_FRACTURE;
    }

    /** Where gap, displaced end and callus are seen. */
    @Override
    public boolean contains(double px, double py) {
        return square(px - x) + square(1.4 * (py - y)) < square(0.1)
                || segment2(px, py, x, y, endX, endY) < square(0.04);
    }

    @Override
    public double attenuation(double px, double py) {
        double dx = px - x;
        double dy = py - y;
        double gap = -0.5 * bump(square(dx / 0.03) + square(dy / 0.07));
        double fragment = 0.8 * chord(segment2(px, py, x, y, endX, endY) / square(0.026));
        double clot = callus * bump((square(1.0 * dx) + square(1.4 * dy)) / square(0.12));
        return gap + fragment + clot;
    }
}
