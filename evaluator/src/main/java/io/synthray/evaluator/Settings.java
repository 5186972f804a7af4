package io.synthray.evaluator;

import io.synthray.evaluator.topology.EvaluatorTopology;
import io.synthray.service.ConfigurationProblems;
import io.synthray.service.Installation;
import io.synthray.service.StartupException;

/**
 * The configuration, checked.
 *
 * @param installation broker, registry, and the evaluator's name
 * @param evaluator the evaluator's own part
 * @param topology what the topology is told
 */
record Settings(Installation installation, EvaluatorConfig.Evaluator evaluator, EvaluatorTopology.Settings topology) {

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    static Settings of(EvaluatorConfig config) {
        ConfigurationProblems problems = new ConfigurationProblems();
        EvaluatorConfig.Evaluator evaluator = config.evaluator();
        EvaluatorConfig.Reconciler reconciler = evaluator.reconciler();
        Installation installation = Installation.of(config.kafka(), config.registry(), config.worker(), problems);
        problems.atLeast("synthray.evaluator.partitions", evaluator.partitions(), 1);
        problems.atLeast("synthray.evaluator.replication", evaluator.replication(), -1);
        problems.atLeast("synthray.evaluator.threads", evaluator.threads(), 1);
        problems.atLeast("synthray.evaluator.standbys", evaluator.standbys(), 0);
        problems.atLeast("synthray.evaluator.metric-tolerance", evaluator.metricTolerance(), 0);
        problems.atLeast("synthray.evaluator.reconciler.max-rounds", reconciler.maxRounds(), 0);
        problems.atLeast("synthray.evaluator.reconciler.max-records", reconciler.maxRecords(), 1);
        problems.positive("synthray.evaluator.commit-interval", evaluator.commitInterval());
        problems.positive("synthray.evaluator.states-interval", evaluator.statesInterval());
        problems.positive("synthray.evaluator.reconciler.interval", reconciler.interval());
        problems.throwIfAny();
        return new Settings(
                installation,
                evaluator,
                new EvaluatorTopology.Settings(
                        installation.worker(),
                        evaluator.partitions(),
                        evaluator.statesInterval(),
                        reconciler.interval(),
                        reconciler.maxRounds(),
                        reconciler.maxRecords(),
                        evaluator.metricTolerance()));
    }

    /** Name of the consumer group and of the internal topics. */
    String applicationId() {
        return installation.kafka().names().prefix() + "evaluator";
    }
}
