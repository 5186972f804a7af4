package io.synthray.statistics.sequential;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A plan's sequential analysis of one comparison: repeats enter in their order without a gap, and after each the test is looked at. The decision
 * is that of the first look that gives one. It depends on the comparison's own differences alone, so that looks at other
 * comparisons cannot bend it; every comparison is read at alpha / m.
 *
 * @param test which
 * @param repeats planned number of repeats, 2 or more; for the open-ended test, the most that will be made
 * @param alpha family-wise error rate, above 0 and below 1
 * @param family m, number of primary comparisons, 1 or more
 * @param priorScale of the e-process and of the confidence sequence, above 0
 * @param stopping when to stop early
 */
public record SequentialPlan(
        SequentialTest test, int repeats, double alpha, int family, double priorScale, Stopping stopping) {
    /** @throws IllegalArgumentException for numbers out of range */
    public SequentialPlan {
        if (repeats < 2) {
            throw new IllegalArgumentException(repeats + " planned repeats: expected 2 or more");
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + ": expected above 0 and below 1");
        }
        if (family < 1) {
            throw new IllegalArgumentException("family of " + family + ": expected 1 or more");
        }
        if (!(priorScale > 0) || Double.isInfinite(priorScale)) {
            throw new IllegalArgumentException("prior scale " + priorScale + ": expected a finite number above 0");
        }
    }

    /** Level of the t-test at the planned number of repeats. */
    public double level() {
        return alpha / family * (stopping.benefit() ? stopping.curtailment() : 1);
    }

    /**
     * Looks after each repeat and tells what the last look shows.
     *
     * @param differences arm minus reference of repeats 1, 2, ... without a gap, at most the planned number, finite
     * @param margin 0 for superiority, more for non-inferiority
     */
    public Look look(List<Double> differences, double margin) {
        if (differences.size() > repeats) {
            throw new IllegalArgumentException(
                    "%d differences: expected at most the %d planned".formatted(differences.size(), repeats));
        }
        Reading reading = test == SequentialTest.PLANNED ? new PlannedReading(this) : new OpenEndedReading(this);
        Decision decision = Decision.CONTINUE;
        int decidedAt = 0;
        for (int n = 1; n <= differences.size(); n++) {
            reading.take(Moments.of(differences.subList(0, n), margin));
            if (decision == Decision.CONTINUE) {
                decision = decision(reading, n);
                decidedAt = n;
            }
        }
        ConfidenceSequence sequence = new ConfidenceSequence(priorScale);
        return new Look(
                differences.size(),
                reading.logEValue(),
                family / alpha,
                reading.pAnytime(),
                reading.conditionalRejection(),
                test == SequentialTest.PLANNED ? OptionalDouble.of(level()) : OptionalDouble.empty(),
                sequence.interval(differences, alpha),
                sequence.interval(differences, alpha / family),
                decision,
                decision == Decision.CONTINUE ? OptionalInt.empty() : OptionalInt.of(decidedAt));
    }

    /** Whether the plan stops at such a decision before the last planned repeat. */
    public boolean stopsAt(Decision decision) {
        return decision == Decision.FUTILITY || (decision == Decision.BENEFIT && stopping.benefit());
    }

    private Decision decision(Reading reading, int n) {
        if (reading.rejects(n)) {
            return Decision.BENEFIT;
        }
        if (n == repeats) {
            return Decision.NOT_SHOWN;
        }
        boolean futile = stopping.futility().isPresent()
                && reading.logEValue() <= Math.log(stopping.futility().getAsDouble());
        return futile ? Decision.FUTILITY : Decision.CONTINUE;
    }

    /** A test as it stands after the moments that it has taken. */
    interface Reading {
        void take(Moments moments);

        double logEValue();

        boolean rejects(int n);

        OptionalDouble pAnytime();

        OptionalDouble conditionalRejection();
    }
}
