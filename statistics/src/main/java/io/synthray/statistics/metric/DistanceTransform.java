package io.synthray.statistics.metric;

/**
 * Exact squared Euclidean distance from every pixel to the nearest one that is set: the lower envelope of parabolas along columns, then along
 * rows (P. F. Felzenszwalb and D. P. Huttenlocher, Distance Transforms of Sampled Functions, Theory of Computing 8, 2012).
 *
 * @param width pixels in a row
 * @param pixelWidth distance between columns
 * @param pixelHeight distance between rows
 */
record DistanceTransform(int width, double pixelWidth, double pixelHeight) {
    /** Row-major squared distances; infinite everywhere if no pixel is set. */
    double[] squared(boolean[] set) {
        int height = set.length / width;
        double[] distances = new double[set.length];
        for (int i = 0; i < set.length; i++) {
            distances[i] = set[i] ? 0 : Double.POSITIVE_INFINITY;
        }
        for (int x = 0; x < width; x++) {
            sweep(distances, x, width, height, pixelHeight);
        }
        for (int y = 0; y < height; y++) {
            sweep(distances, y * width, 1, width, pixelWidth);
        }
        return distances;
    }

    private static void sweep(double[] distances, int start, int stride, int length, double spacing) {
        int[] apex = new int[length];
        double[] from = new double[length];
        double[] height = new double[length];
        int parabolas = 0;
        for (int i = 0; i < length; i++) {
            height[i] = distances[start + i * stride];
            if (Double.isInfinite(height[i])) {
                continue;
            }
            double crossing = Double.NEGATIVE_INFINITY;
            while (parabolas > 0) {
                crossing = crossing(apex[parabolas - 1], i, height, spacing);
                if (crossing > from[parabolas - 1]) {
                    break;
                }
                parabolas--;
            }
            from[parabolas] = parabolas == 0 ? Double.NEGATIVE_INFINITY : crossing;
            apex[parabolas++] = i;
        }
        if (parabolas == 0) {
            return;
        }
        int current = 0;
        for (int i = 0; i < length; i++) {
            while (current + 1 < parabolas && from[current + 1] <= i) {
                current++;
            }
            double away = (i - apex[current]) * spacing;
            distances[start + i * stride] = away * away + height[apex[current]];
        }
    }

    /** Where the parabola of q falls below that of p, in pixels; p before q. */
    private static double crossing(int p, int q, double[] height, double spacing) {
        return (height[q] - height[p]) / (2 * spacing * spacing * (q - p)) + (p + q) / 2.0;
    }
}
