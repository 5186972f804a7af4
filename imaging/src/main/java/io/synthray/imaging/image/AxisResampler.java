package io.synthray.imaging.image;

/** Resamples one axis: every target position is a weighted sum of consecutive source positions. */
final class AxisResampler {

    private final int[] first;
    private final float[][] weights;

    private AxisResampler(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    static AxisResampler of(int from, int to) {
        return to < from ? areaMean(from, to) : linear(from, to);
    }

    private static AxisResampler areaMean(int from, int to) {
        int[] first = new int[to];
        float[][] weights = new float[to][];
        double step = (double) from / to;
        for (int i = 0; i < to; i++) {
            double start = i * step;
            double end = Math.min(from, (i + 1) * step);
            int low = (int) start;
            int high = Math.min(from, (int) Math.ceil(end - 1e-9));
            first[i] = low;
            weights[i] = new float[high - low];
            for (int j = low; j < high; j++) {
                weights[i][j - low] = (float) ((Math.min(end, j + 1) - Math.max(start, j)) / (end - start));
            }
        }
        return new AxisResampler(first, weights);
    }

    private static AxisResampler linear(int from, int to) {
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double centre = Math.min(from - 1.0, Math.max(0, (i + 0.5) * from / to - 0.5));
            int low = Math.min((int) centre, Math.max(0, from - 2));
            float fraction = (float) (centre - low);
            first[i] = low;
            weights[i] = from == 1 ? new float[] {1} : new float[] {1 - fraction, fraction};
        }
        return new AxisResampler(first, weights);
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
