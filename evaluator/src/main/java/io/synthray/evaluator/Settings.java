package io.synthray.evaluator;

import io.synthray.evaluator.topology.EvaluatorTopology;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The configuration, checked.
 *
 * @param kafka how to reach the broker
 * @param registry how to reach the registry
 * @param evaluator the evaluator's own part
 * @param topology what the topology is told
 */
record Settings(
        KafkaSettings kafka,
        RegistrySettings registry,
        EvaluatorConfig.Evaluator evaluator,
        EvaluatorTopology.Settings topology) {

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    static Settings of(EvaluatorConfig config) {
        Problems problems = new Problems();
        EvaluatorConfig.Evaluator evaluator = config.evaluator();
        EvaluatorConfig.Reconciler reconciler = evaluator.reconciler();
        String bootstrap = problems.require(
                "synthray.kafka.bootstrap-servers", config.kafka().bootstrapServers());
        String registry =
                problems.require("synthray.registry.url", config.registry().url());
        TopicNames names = problems.read(
                "synthray.kafka.topic-prefix",
                () -> new TopicNames(config.kafka().topicPrefix().orElse("")));
        URI registryUri = problems.read("synthray.registry.url", () -> URI.create(registry));
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
                new KafkaSettings(bootstrap, names, config.kafka().properties()),
                new RegistrySettings(registryUri, config.registry().timeout(), Map.of()),
                evaluator,
                new EvaluatorTopology.Settings(
                        config.worker().name().orElseGet(Settings::ownName),
                        evaluator.partitions(),
                        evaluator.statesInterval(),
                        reconciler.interval(),
                        reconciler.maxRounds(),
                        reconciler.maxRecords(),
                        evaluator.metricTolerance()));
    }

    /** Name of the consumer group and of the internal topics. */
    String applicationId() {
        return kafka.names().prefix() + "evaluator";
    }

    private static String ownName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "evaluator";
        }
        return host + "-" + ProcessHandle.current().pid();
    }

    /** Everything that is wrong, told at once. */
    private static final class Problems {
        private final List<String> found = new ArrayList<>();

        String require(String key, Optional<String> value) {
            if (value.isEmpty()) {
                found.add(key + ": expected a value, found none");
            }
            return value.orElse("");
        }

        <T> T read(String key, Supplier<T> reader) {
            try {
                return reader.get();
            } catch (IllegalArgumentException e) {
                found.add(key + ": " + e.getMessage());
                return null;
            }
        }

        void atLeast(String key, double value, double least) {
            if (!(value >= least)) {
                found.add("%s: expected %s or more, found %s".formatted(key, least, value));
            }
        }

        void positive(String key, Duration value) {
            if (value.isZero() || value.isNegative()) {
                found.add("%s: expected a time above 0, found %s".formatted(key, value));
            }
        }

        void throwIfAny() {
            if (!found.isEmpty()) {
                throw new StartupException("configuration: " + String.join("; ", found));
            }
        }
    }
}
