package io.synthray.imaging.phantom;

import io.synthray.imaging.random.CounterRandom;

/** Smooth noise of mean 0 and about unit range, bilinear between the nodes of a random grid over the image. */
final class Texture {

    private final int nodes;
    private final double[] values;

    /** @param nodes nodes along each side of the image, at least 2 */
    Texture(CounterRandom random, int nodes) {
        this.nodes = nodes;
        this.values = new double[nodes * nodes];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.uniform(-1, 1);
        }
    }

    double at(double x, double y) {
        double u = Math.min(nodes - 1.001, Math.max(0, (x + 1) / 2 * (nodes - 1)));
        double v = Math.min(nodes - 1.001, Math.max(0, (y + 1) / 2 * (nodes - 1)));
        int i = (int) u;
        int j = (int) v;
        double fu = u - i;
        double fv = v - j;
        double upper = values[j * nodes + i] * (1 - fu) + values[j * nodes + i + 1] * fu;
        double lower = values[(j + 1) * nodes + i] * (1 - fu) + values[(j + 1) * nodes + i + 1] * fu;
        return upper * (1 - fv) + lower * fv;
    }
}
