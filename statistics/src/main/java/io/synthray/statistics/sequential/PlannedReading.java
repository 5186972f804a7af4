package io.synthray.statistics.sequential;

import java.util.OptionalDouble;

/** The sequentialised t-test after each repeat. */
final class PlannedReading implements SequentialPlan.Reading {
    private final SequentialPlan plan;
    private final SequentialTTest test;
    private double value;

    PlannedReading(SequentialPlan plan) {
        this.plan = plan;
        this.test = new SequentialTTest(plan.repeats(), plan.level());
        this.value = plan.level();
    }

    @Override
    public void take(Moments moments) {
        value = test.conditionalRejection(moments);
    }

    @Override
    public double logEValue() {
        return Math.log(value / plan.level());
    }

    /** Before the planned number only where the level has paid for it. */
    @Override
    public boolean rejects(int n) {
        return n == plan.repeats()
                ? value == 1
                : plan.stopping().benefit() && value >= plan.stopping().curtailment();
    }

    @Override
    public OptionalDouble pAnytime() {
        return OptionalDouble.empty();
    }

    @Override
    public OptionalDouble conditionalRejection() {
        return OptionalDouble.of(value);
    }
}
