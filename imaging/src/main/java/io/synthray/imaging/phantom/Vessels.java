package io.synthray.imaging.phantom;

import static io.synthray.imaging.phantom.Shapes.chord;
import static io.synthray.imaging.phantom.Shapes.segment2;

import io.synthray.imaging.random.CounterRandom;

/** The lungs' vessels: lines that leave the hila in all directions and grow thinner. */
final class Vessels implements Body {

    private static final int PER_SIDE = 12;
    private static final int NUMBERS = 6;

    private final double[] lines = new double[2 * PER_SIDE * NUMBERS];

    Vessels(CounterRandom random) {
        for (int i = 0; i < 2 * PER_SIDE; i++) {
            int sign = i < PER_SIDE ? -1 : 1;
            double angle = -1.45 + 2.9 * (i % PER_SIDE + random.nextUniform()) / PER_SIDE;
            double length = random.uniform(0.25, 0.5);
            double x = sign * 0.17;
            double y = -0.1 + random.uniform(-0.05, 0.05);
            double dx = sign * length * StrictMath.cos(angle);
            double dy = length * StrictMath.sin(angle);
            double[] line = {x, y, x + dx, y + dy, random.uniform(0.008, 0.018), random.uniform(0.1, 0.22)};
            System.arraycopy(line, 0, lines, i * NUMBERS, NUMBERS);
        }
    }

    @Override
    public double attenuation(double x, double y) {
        int start = x < 0 ? 0 : PER_SIDE * NUMBERS;
        double sum = 0;
        for (int i = start; i < start + PER_SIDE * NUMBERS; i += NUMBERS) {
            double d2 = segment2(x, y, lines[i], lines[i + 1], lines[i + 2], lines[i + 3]);
            sum += lines[i + 5] * chord(d2 / (lines[i + 4] * lines[i + 4]));
        }
        return sum;
    }
}
