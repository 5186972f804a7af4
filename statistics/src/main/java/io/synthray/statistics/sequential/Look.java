package io.synthray.statistics.sequential;

import io.synthray.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a sequential plan knows of a comparison after some repeats.
 *
 * @param repeats that have entered
 * @param logEValue natural logarithm of the e-value; negative infinity for 0
 * @param threshold e-value at which the null hypothesis is rejected, m / alpha
 * @param pAnytime {@code min(1, m / largest e-value so far)}; open-ended only
 * @param conditionalRejection value of the sequentialised t-test, 0..1; planned only
 * @param level of the t-test at the planned number of repeats; planned only
 * @param sequence confidence sequence at 1 - alpha; empty while it is the whole line
 * @param correctedSequence the same at 1 - alpha / m
 * @param decision what the first look that decided has come to; later looks change nothing
 * @param decidedAt its repeat; empty while undecided
 */
public record Look(
        int repeats,
        double logEValue,
        double threshold,
        OptionalDouble pAnytime,
        OptionalDouble conditionalRejection,
        OptionalDouble level,
        Optional<Interval> sequence,
        Optional<Interval> correctedSequence,
        Decision decision,
        OptionalInt decidedAt) {
    /** e-value, 0 or more; infinite where it is too large for a double. */
    public double eValue() {
        return Math.exp(logEValue);
    }
}
