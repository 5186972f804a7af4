package io.synthray.statistics;

/**
 * A closed interval, in units of the metric.
 *
 * @param low lower end
 * @param high upper end, not below {@code low}
 */
public record Interval(double low, double high) {
    /** @throws IllegalArgumentException for ends that are no numbers or stand in the wrong order */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "interval " + low + " to " + high + ": expected ends in ascending order");
        }
    }

    /** Half of its length. */
    public double halfLength() {
        return (high - low) / 2;
    }
}
