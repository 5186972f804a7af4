package io.synthray.service;

import io.synthray.schemas.serde.RegistryCheck;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.BrokerUnavailableException;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.schemas.topic.TopicSettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a service works with, and its name there.
 *
 * @param kafka how to reach the broker
 * @param registry how to reach the schema registry
 * @param worker name of this process in events and logs
 */
public record Installation(KafkaSettings kafka, RegistrySettings registry, String worker) {
    /** A busy broker may take seconds to describe its topics. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Reads the groups; what is wrong with them is added to the problems, and then the result must not be used. */
    public static Installation of(
            KafkaConfig kafka, RegistryConfig registry, WorkerConfig worker, ConfigurationProblems problems) {
        String bootstrapServers =
                problems.require("synthray.kafka.bootstrap-servers", kafka.bootstrapServers(), address -> address);
        TopicNames names = problems.read(
                "synthray.kafka.topic-prefix",
                () -> new TopicNames(kafka.topicPrefix().orElse("")));
        URI url = problems.require("synthray.registry.url", registry.url(), URI::create);
        return new Installation(
                new KafkaSettings(bootstrapServers, names, kafka.properties()),
                new RegistrySettings(url, registry.timeout(), Map.of()),
                worker.name().orElseGet(Installation::ownName));
    }

    private static String ownName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "worker";
        }
        return host + "-" + ProcessHandle.current().pid();
    }

    /**
     * Requires that the broker's topics and share groups are as the catalogue wants them, and that the registry has schemas.
     *
     * @param topics whose values the service reads or writes
     * @throws StartupException saying what is not right
     */
    public void require(List<Topic<?>> topics) {
        try (TopicAdmin admin = new TopicAdmin(kafka, PATIENCE)) {
            admin.check();
            new RegistryCheck(registry).requireSchemas(topics, kafka.names());
        } catch (BrokerUnavailableException | TopicSettingsException | RegistryException e) {
            throw new StartupException(e.getMessage(), e);
        }
    }
}
