package io.synthray.statistics.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Distances between the outlines of two masks. The outline are the pixels of the mask with a neighbour (above, below, left, right)
 * outside it; the image's border counts as outside.
 *
 * @param hausdorff95 the larger of the two directed 95th percentiles (with linear interpolation) of distances from one outline to the other
 * @param mean of all distances from each outline to the other (average symmetric surface distance)
 */
public record SurfaceDistances(double hausdorff95, double mean) {
    private static final double PERCENTILE = 0.95;

    /**
     * Distances of two masks. Two empty masks agree, at distance 0; where one alone is empty, no distance is defined, and the
     * image's diagonal, the worst possible, stands in, so that a missed structure is never left out of a mean.
     *
     * @param predicted row-major, width x height
     * @param truth row-major, width x height
     * @param width pixels in a row, 1 or more
     * @param pixelWidth distance between columns, above 0, for instance in mm; 1 for distances in pixels
     * @param pixelHeight distance between rows, above 0
     */
    public static SurfaceDistances of(
            boolean[] predicted, boolean[] truth, int width, double pixelWidth, double pixelHeight) {
        if (width < 1 || predicted.length != truth.length || predicted.length % width != 0 || truth.length == 0) {
            throw new IllegalArgumentException("masks of %d and %d pixels in rows of %d: expected the same whole rows"
                    .formatted(predicted.length, truth.length, width));
        }
        if (!(pixelWidth > 0 && pixelHeight > 0)) {
            throw new IllegalArgumentException(
                    "pixels of %s x %s: expected lengths above 0".formatted(pixelWidth, pixelHeight));
        }
        boolean[] ofPredicted = outline(predicted, width);
        boolean[] ofTruth = outline(truth, width);
        boolean nothingPredicted = isEmpty(ofPredicted);
        if (nothingPredicted || isEmpty(ofTruth)) {
            boolean agree = nothingPredicted && isEmpty(ofTruth);
            int height = truth.length / width;
            double worst = agree ? 0 : Math.hypot(width * pixelWidth, height * pixelHeight);
            return new SurfaceDistances(worst, worst);
        }
        DistanceTransform grid = new DistanceTransform(width, pixelWidth, pixelHeight);
        double[] toTruth = distances(ofPredicted, grid.squared(ofTruth));
        double[] toPredicted = distances(ofTruth, grid.squared(ofPredicted));
        double hausdorff = Math.max(percentile(toTruth), percentile(toPredicted));
        double mean = DoubleStream.concat(Arrays.stream(toTruth), Arrays.stream(toPredicted))
                .average()
                .orElseThrow();
        return new SurfaceDistances(hausdorff, mean);
    }

    private static boolean[] outline(boolean[] mask, int width) {
        boolean[] outline = new boolean[mask.length];
        for (int i = 0; i < mask.length; i++) {
            int x = i % width;
            outline[i] = mask[i]
                    && (x == 0
                            || x == width - 1
                            || i < width
                            || i >= mask.length - width
                            || !(mask[i - 1] && mask[i + 1] && mask[i - width] && mask[i + width]));
        }
        return outline;
    }

    private static boolean isEmpty(boolean[] mask) {
        for (boolean pixel : mask) {
            if (pixel) {
                return false;
            }
        }
        return true;
    }

    private static double[] distances(boolean[] outline, double[] squared) {
        double[] distances = new double[outline.length];
        int count = 0;
        for (int i = 0; i < outline.length; i++) {
            if (outline[i]) {
                distances[count++] = Math.sqrt(squared[i]);
            }
        }
        double[] sorted = Arrays.copyOf(distances, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double percentile(double[] sorted) {
        double position = PERCENTILE * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
