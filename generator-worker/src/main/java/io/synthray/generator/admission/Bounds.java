package io.synthray.generator.admission;

/**
 * Bounds of the number of samples in flight.
 *
 * @param min the least, 1 or more
 * @param initial where the search begins, min..max
 * @param max the most
 */
public record Bounds(int min, int initial, int max) {
    /** @throws IllegalArgumentException unless 1 <= min <= initial <= max */
    public Bounds {
        if (min < 1 || initial < min || max < initial) {
            throw new IllegalArgumentException(
                    "samples in flight: expected 1 <= min <= initial <= max, found min %d, initial %d, max %d"
                            .formatted(min, initial, max));
        }
    }

    int clamp(int limit) {
        return Math.max(min, Math.min(max, limit));
    }
}
