package io.synthray.statistics.metric;

/**
 * Overlap of two masks of a structure.
 *
 * @param dice {@code 2 |A and B| / (|A| + |B|)}, 0..1; 1 where both are empty
 * @param iou {@code |A and B| / |A or B|}, 0..1; 1 where both are empty
 */
public record Overlap(double dice, double iou) {
    /** Overlap of two masks of equal size. */
    public static Overlap of(boolean[] predicted, boolean[] truth) {
        if (predicted.length != truth.length) {
            throw new IllegalArgumentException(
                    "masks of %d and %d pixels: expected the same".formatted(predicted.length, truth.length));
        }
        long both = 0;
        long sum = 0;
        for (int i = 0; i < truth.length; i++) {
            both += predicted[i] && truth[i] ? 1 : 0;
            sum += (predicted[i] ? 1 : 0) + (truth[i] ? 1 : 0);
        }
        return sum == 0 ? new Overlap(1, 1) : new Overlap(2.0 * both / sum, (double) both / (sum - both));
    }
}
