package io.synthray.imaging.transform;

import io.synthray.imaging.random.CounterRandom;

/**
 * Elastic deformation (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document
 * analysis", ICDAR 2003): each pixel is displaced by a field of uniform numbers in plus or minus 1 that is smoothed by a Gaussian and
 * multiplied. Away from the border a displacement's standard deviation is about 0.163 alpha / sigma along each axis.
 *
 * @param alpha what the smoothed field is multiplied with, in pixels, 0 or more
 * @param sigma standard deviation of the Gaussian, in pixels, above 0
 */
public record Elastic(Distribution alpha, Distribution sigma) {
    /** Largest alpha, in pixels. */
    public static final double MOST_ALPHA = 10_000;

    /** Smallest sigma, in pixels. */
    public static final double LEAST_SIGMA = 0.5;

    /** Largest sigma, in pixels. */
    public static final double MOST_SIGMA = 256;

    /** As many deviations of the Gaussian are summed, as in SciPy. */
    private static final double REACH = 4;

    /**
     * A displacement for each pixel, row-major: all along x, then all along y.
     *
     * @param random the sequence that the field's numbers come from: x's, then y's, row by row
     */
    static double[][] field(double alpha, double sigma, int width, int height, CounterRandom random) {
        double[][] field = new double[2][];
        double[] kernel = kernel(sigma);
        for (int axis = 0; axis < 2; axis++) {
            double[] noise = new double[width * height];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.uniform(-1, 1);
            }
            double[] smooth = smooth(noise, width, height, kernel);
            for (int i = 0; i < smooth.length; i++) {
                smooth[i] *= alpha;
            }
            field[axis] = smooth;
        }
        return field;
    }

    /** Convolves along both axes; there is nothing beyond the border. */
    static double[] smooth(double[] values, int width, int height, double[] kernel) {
        double[] rows = convolve(values, width, height, 1, width, kernel);
        return convolve(rows, height, width, width, 1, kernel);
    }

    /** A sampled Gaussian that sums to 1, from its middle outwards. */
    static double[] kernel(double sigma) {
        int reach = (int) (REACH * sigma + 0.5);
        double[] half = new double[reach + 1];
        double sum = 0;
        for (int i = 0; i <= reach; i++) {
            half[i] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? half[i] : 2 * half[i];
        }
        for (int i = 0; i <= reach; i++) {
            half[i] /= sum;
        }
        return half;
    }

    private static double[] convolve(double[] values, int length, int lines, int step, int lineStep, double[] kernel) {
        double[] result = new double[values.length];
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < length; i++) {
                double sum = 0;
                int first = Math.max(0, i - kernel.length + 1);
                int last = Math.min(length - 1, i + kernel.length - 1);
                for (int k = first; k <= last; k++) {
                    sum += kernel[Math.abs(k - i)] * values[line * lineStep + k * step];
                }
                result[line * lineStep + i * step] = sum;
            }
        }
        return result;
    }
}
