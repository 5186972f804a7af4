package io.synthray.producer.broker;

import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicNames;
import java.time.Duration;

/**
 * Broker and registry.
 *
 * @param kafka how to reach the broker
 * @param registry how to reach the schema registry
 */
public record Platform(KafkaSettings kafka, RegistrySettings registry) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * Creates missing topics, sets the share groups, registers the schemas, and checks the result. Doing it again changes nothing.
     *
     * @param replication copies of each record; -1 for the broker's default
     * @throws io.synthray.schemas.topic.BrokerUnavailableException when the broker does not answer within 5 s
     * @throws PlatformUnavailableException when no registry answers
     * @throws io.synthray.schemas.serde.RegistryException when the registry refuses a schema
     * @throws io.synthray.schemas.topic.TopicSettingsException when topics that were there are set up otherwise
     */
    public void setUp(short replication) {
        new RegistryProbe(registry).require();
        try (TopicAdmin admin = new TopicAdmin(kafka, TIMEOUT)) {
            admin.createMissing(replication);
            registerSchemas();
            admin.check();
        }
    }

    /**
     * Checks that broker and registry answer and that the topics are as the catalogue wants them.
     *
     * @throws io.synthray.schemas.topic.BrokerUnavailableException when the broker does not answer within 5 s
     * @throws PlatformUnavailableException when no registry answers
     * @throws io.synthray.schemas.serde.RegistryException when the registry refuses a schema
     * @throws io.synthray.schemas.topic.TopicSettingsException when topics are missing or set up otherwise
     */
    public void check() {
        try (TopicAdmin admin = new TopicAdmin(kafka, TIMEOUT)) {
            admin.check();
        }
        new RegistryProbe(registry).require();
        registerSchemas();
    }

    /**
     * Checks that broker and registry answer; enough for those who only read.
     *
     * @throws PlatformUnavailableException when one of them does not, or the broker has no topic of studies
     */
    public void checkReadable() {
        new BrokerProbe(kafka, TIMEOUT).require();
        new RegistryProbe(registry).require();
    }

    private void registerSchemas() {
        new SchemaRegistrar(registry).registerAll(names());
    }

    /** Names at the broker. */
    public TopicNames names() {
        return kafka.names();
    }

    /** Serdes of the topics' values. */
    public EventSerdes serdes() {
        return new EventSerdes(registry);
    }

    /** A topic's name at the broker. */
    public String name(Topic<?> topic) {
        return kafka.names().of(topic);
    }
}
