package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.segment2;

import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.random.CounterRandom;

/** A chest tube with a radio-opaque stripe: a curved line from outside the chest wall up to the apex. */
final class ChestTube implements Lesion {

    private static final int SEGMENTS = 10;
    private static final double HALF_WIDTH = 0.02;

    private final double[] xs = new double[SEGMENTS + 1];
    private final double[] ys = new double[SEGMENTS + 1];

    ChestTube(Lung lung, CounterRandom random) {
        int sign = lung.side().sign();
        double startX = lung.outer() + 0.15;
        double startY = random.uniform(0.2, 0.4);
        double bendX = random.uniform(0.2, 0.35);
        double bendY = random.uniform(0.05, 0.25);
        double endX = random.uniform(0.25, 0.4);
        double endY = lung.top() + random.uniform(0.15, 0.3);
        for (int i = 0; i <= SEGMENTS; i++) {
            double t = (double) i / SEGMENTS;
            double a = (1 - t) * (1 - t);
            double b = 2 * t * (1 - t);
            double c = t * t;
            xs[i] = sign * (a * startX + b * bendX + c * endX);
            ys[i] = a * startY + b * bendY + c * endY;
        }
    }

    @Override
    public String structure() {
        return Structures.CHEST_TUBE;
    }

    @Override
    public boolean contains(double x, double y) {
        return squaredDistance(x, y) < HALF_WIDTH * HALF_WIDTH;
    }

    @Override
    public double attenuation(double x, double y) {
        return 1.3 * chord(squaredDistance(x, y) / (HALF_WIDTH * HALF_WIDTH));
    }

    private double squaredDistance(double x, double y) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < SEGMENTS; i++) {
            nearest = Math.min(nearest, segment2(x, y, xs[i], ys[i], xs[i + 1], ys[i + 1]));
        }
        return nearest;
    }
}
