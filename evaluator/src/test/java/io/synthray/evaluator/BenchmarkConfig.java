package io.synthray.evaluator;

import java.time.Duration;

/** The evaluator's own configuration with its defaults. */
record BenchmarkConfig(String stateDir) implements EvaluatorConfig.Evaluator {
    @Override
    public int partitions() {
        return 8;
    }

    @Override
    public int replication() {
        return -1;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public int standbys() {
        return 0;
    }

    @Override
    public Duration commitInterval() {
        return Duration.ofMillis(100);
    }

    @Override
    public Duration sessionTimeout() {
        return Duration.ofSeconds(6);
    }

    @Override
    public Duration transactionTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration statesInterval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public double metricTolerance() {
        return 0.001;
    }

    @Override
    public EvaluatorConfig.Reconciler reconciler() {
        throw new UnsupportedOperationException("no share groups are watched");
    }
}
