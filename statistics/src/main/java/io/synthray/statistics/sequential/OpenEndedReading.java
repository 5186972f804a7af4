package io.synthray.statistics.sequential;

import java.util.OptionalDouble;

/** The e-process after each repeat, and its largest value so far. */
final class OpenEndedReading implements SequentialPlan.Reading {
    private final SequentialPlan plan;
    private final EProcess process;
    private double log;
    private double largest;

    OpenEndedReading(SequentialPlan plan) {
        this.plan = plan;
        this.process = new EProcess(plan.priorScale());
    }

    @Override
    public void take(Moments moments) {
        log = process.logEValue(moments);
        largest = Math.max(largest, log);
    }

    @Override
    public double logEValue() {
        return log;
    }

    @Override
    public boolean rejects(int n) {
        return log >= Math.log(plan.family() / plan.alpha());
    }

    @Override
    public OptionalDouble pAnytime() {
        return OptionalDouble.of(Math.min(1, plan.family() * Math.exp(-largest)));
    }

    @Override
    public OptionalDouble conditionalRejection() {
        return OptionalDouble.empty();
    }
}
