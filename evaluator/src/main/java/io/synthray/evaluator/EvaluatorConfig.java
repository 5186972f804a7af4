package io.synthray.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.synthray.service.KafkaConfig;
import io.synthray.service.RegistryConfig;
import io.synthray.service.WorkerConfig;
import java.time.Duration;

/** Everything that can be set. Addresses have no default and must be given. */
@ConfigMapping(prefix = "synthray")
public interface EvaluatorConfig {
    /** Broker. */
    KafkaConfig kafka();

    /** Schema registry. */
    RegistryConfig registry();

    /** This process. */
    WorkerConfig worker();

    /** How studies are evaluated. */
    Evaluator evaluator();

    /** How studies are evaluated. */
    interface Evaluator {
        /** Directory of the state; what is lost there is read back from the broker. One process a directory. */
        @WithDefault("${user.home}/.synthray/evaluator")
        String stateDir();

        /** Partitions that studies are gathered into, 1 or more; all evaluators of an installation agree, and it stays. */
        @WithDefault("8")
        int partitions();

        /** Copies of the internal topics' records; -1: the broker's default. */
        @WithDefault("-1")
        int replication();

        /** Stream threads, 1 or more. */
        @WithDefault("1")
        int threads();

        /** Other evaluators that keep a copy of the state, so that they take over within seconds. */
        @WithDefault("0")
        int standbys();

        /** How often decisions are committed; nobody sees them earlier. */
        @WithDefault("100ms")
        Duration commitInterval();

        /** After this an evaluator that is silent has its work taken over. */
        @WithDefault("6s")
        Duration sessionTimeout();

        /** After this a transaction that an evaluator left open is aborted. */
        @WithDefault("10s")
        Duration transactionTimeout();

        /** How often the state of a study is published at most, but for changes of its phase. */
        @WithDefault("1s")
        Duration statesInterval();

        /** Difference of a metric up to which two results of one trial say the same, 0 or more. */
        @WithDefault("0.001")
        double metricTolerance();

        /** Requests that the share groups have passed by. */
        Reconciler reconciler();
    }

    /** Requests that the share groups have passed by. */
    interface Reconciler {
        /** How often the groups' offsets are asked for and unanswered requests are looked through. */
        @WithDefault("1s")
        Duration interval();

        /** Times that a request is published again before it is given up, 0 or more. */
        @WithDefault("5")
        int maxRounds();

        /** Records that are published again in one go, 1 or more; the stream waits meanwhile. */
        @WithDefault("100")
        int maxRecords();
    }
}
