package io.synthray.imaging.image;

import java.util.Arrays;

/**
 * Resamples one axis: every target position is a weighted sum of consecutive source positions. The definitions are those that Pillow documents for
 * its filters: BOX where an axis shrinks by a whole number, BILINEAR everywhere else, its triangle as wide as the axis shrinks.
 */
final class AxisResampler {

    private final int[] first;
    private final float[][] weights;

    private AxisResampler(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    static AxisResampler of(int from, int to) {
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            if (from % to == 0) {
                first[i] = i * (from / to);
                weights[i] = mean(from / to);
            } else {
                triangle(from, to, i, first, weights);
            }
        }
        return new AxisResampler(first, weights);
    }

    private static float[] mean(int count) {
        float[] weights = new float[count];
        Arrays.fill(weights, 1f / count);
        return weights;
    }

    private static void triangle(int from, int to, int i, int[] first, float[][] weights) {
        double scale = (double) from / to;
        double reach = Math.max(1, scale);
        double centre = (i + 0.5) * scale;
        int low = (int) Math.max(0, centre - reach + 0.5);
        int high = (int) Math.min(from, centre + reach + 0.5);
        double[] raw = new double[high - low];
        double sum = 0;
        for (int k = 0; k < raw.length; k++) {
            raw[k] = Math.max(0, 1 - Math.abs((low + k + 0.5 - centre) / reach));
            sum += raw[k];
        }
        first[i] = low;
        weights[i] = new float[raw.length];
        for (int k = 0; k < raw.length; k++) {
            weights[i][k] = (float) (raw[k] / sum);
        }
    }

    float[] columns(float[] source, int width, int height) {
        int newWidth = first.length;
        float[] target = new float[Math.multiplyExact(newWidth, height)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < newWidth; x++) {
                target[y * newWidth + x] = sum(source, y * width + first[x], 1, weights[x]);
            }
        }
        return target;
    }

    float[] rows(float[] source, int width, int height) {
        int newHeight = first.length;
        float[] target = new float[Math.multiplyExact(width, newHeight)];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < width; x++) {
                target[y * width + x] = sum(source, first[y] * width + x, width, weights[y]);
            }
        }
        return target;
    }

    private static float sum(float[] source, int start, int stride, float[] weights) {
        float sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += source[start + k * stride] * weights[k];
        }
        return sum;
    }
}
