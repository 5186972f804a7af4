package io.synthray.fidelity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How near synthetic images come to train images, measured by how near held-out real images come: a near copy lies nearer than
 * 95% of them do.
 *
 * @param median median distance of a synthetic image to its nearest train image, in units of the embedding
 * @param limit 5th percentile of the held-out images' distances (linear between order statistics, as NumPy)
 * @param share share of synthetic images below the limit
 */
public record NearCopies(double median, double limit, Estimate share) {
    private static final double PERCENTILE = 0.05;

    /** Of a sample; empty without images on one of the three sides. */
    public static Optional<NearCopies> of(List<short[]> synthetic, List<short[]> heldOut, List<short[]> train) {
        if (synthetic.isEmpty() || heldOut.isEmpty() || train.isEmpty()) {
            return Optional.empty();
        }
        return of(distances(synthetic, train), distances(heldOut, train));
    }

    /** Of {@linkplain #nearest(short[], List) distances to the nearest train image}; empty where a side is. */
    public static Optional<NearCopies> of(double[] synthetic, double[] heldOut) {
        if (synthetic.length == 0 || heldOut.length == 0) {
            return Optional.empty();
        }
        double limit = quantile(heldOut, PERCENTILE);
        long near = Arrays.stream(synthetic).filter(d -> d < limit).count();
        return Optional.of(new NearCopies(quantile(synthetic, 0.5), limit, Estimate.share(near, synthetic.length)));
    }

    /** Distance to the nearest train image, 1 or more of them, in units of the embedding. */
    public static double nearest(short[] image, List<short[]> train) {
        return Math.sqrt(SquaredDistances.nearest(image, train)) / Quantisation.SCALE;
    }

    private static double[] distances(List<short[]> images, List<short[]> train) {
        return images.stream().mapToDouble(image -> nearest(image, train)).toArray();
    }

    private static double quantile(double[] values, double level) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = level * (sorted.length - 1);
        int below = (int) at;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (at - below) * (above - sorted[below]);
    }
}
