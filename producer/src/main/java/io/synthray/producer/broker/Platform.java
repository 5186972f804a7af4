package io.synthray.producer.broker;

import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistryCheck;
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

    /** How long the broker may take to create all topics. */
    private static final Duration CREATION = Duration.ofSeconds(10);

    /**
     * Creates missing topics, sets the share groups and registers the schemas. Doing it again changes nothing.
     *
     * @param replication copies of each record; -1 for the broker's default
     * @throws io.synthray.schemas.topic.BrokerUnavailableException when the broker does not answer within 10 s
     * @throws io.synthray.schemas.serde.RegistryException when no registry answers or it refuses a schema
     * @throws io.synthray.schemas.topic.TopicSettingsException when topics that were there are set up otherwise
     */
    public void setUp(short replication) {
        new RegistryCheck(registry).requireAnswer();
        try (TopicAdmin admin = new TopicAdmin(kafka, CREATION)) {
            admin.createMissing(replication);
        }
        registerSchemas();
    }

    /**
     * Checks that broker and registry answer and that the topics are as the catalogue wants them.
     *
     * @throws io.synthray.schemas.topic.BrokerUnavailableException when the broker does not answer within 5 s
     * @throws io.synthray.schemas.serde.RegistryException when no registry answers or it refuses a schema
     * @throws io.synthray.schemas.topic.TopicSettingsException when topics are missing or set up otherwise
     */
    public void check() {
        try (TopicAdmin admin = new TopicAdmin(kafka, TIMEOUT)) {
            admin.check();
        }
        new RegistryCheck(registry).requireAnswer();
        registerSchemas();
    }

    /**
     * Checks that broker and registry answer; enough for those who only read.
     *
     * @throws PlatformUnavailableException when the broker does not, or has no topic of studies
     * @throws io.synthray.schemas.serde.RegistryException when no registry answers
     */
    public void checkReadable() {
        new BrokerProbe(kafka, TIMEOUT).require();
        new RegistryCheck(registry).requireAnswer();
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
