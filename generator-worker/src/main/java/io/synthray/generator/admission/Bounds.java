package io.synthray.generator.admission;

import java.time.Duration;

/**
 * Bounds of the number of samples in flight.
 *
 * @param min the least, 1 or more
 * @param initial where the search begins, min..max
 * @param max the most
 * @param atHand for how long the server is to have work, as far as the most allows; 0 or more. A server that has several samples at hand
 *     draws and answers them together, and what comes together costs the worker half of what comes one by one; a sample waits for that
 *     long at the server instead of in the worker
 */
public record Bounds(int min, int initial, int max, Duration atHand) {
    /** @throws IllegalArgumentException unless 1 <= min <= initial <= max and the time is 0 or more */
    public Bounds {
        if (min < 1 || initial < min || max < initial) {
            throw new IllegalArgumentException(
                    "samples in flight: expected 1 <= min <= initial <= max, found min %d, initial %d, max %d"
                            .formatted(min, initial, max));
        }
        if (atHand.isNegative()) {
            throw new IllegalArgumentException(
                    "work at the server's hand: expected a time of 0 or more, found " + atHand);
        }
    }

    /** Samples that keep a server busy for the time at hand. */
    int samplesAtHand(double throughput) {
        return clamp((int) Math.ceil(throughput * atHand.toNanos() / 1e9));
    }

    int clamp(int limit) {
        return Math.max(min, Math.min(max, limit));
    }
}
