package io.synthray.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the catalogue's topics and share groups' settings where they are missing, and compares what is there. */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How long new settings may take from a controller to its brokers. */
    private static final Duration SPREADING = Duration.ofSeconds(20);

    private final Admin admin;
    private final KafkaSettings settings;
    private final Duration timeout;

    /**
     * @param settings how to reach the broker
     * @param timeout how long one question may take
     */
    public TopicAdmin(KafkaSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.admin = Admin.create(settings.client(Map.of(
                "default.api.timeout.ms", (int) timeout.toMillis(),
                "request.timeout.ms", (int) timeout.toMillis())));
    }

    /**
     * Creates every topic that is missing, sets the share groups' settings, and returns once the broker answers with them, so
     * that what starts next finds them. Safe to run by several processes at once.
     *
     * @param replication copies of each record; -1 for the broker's default
     * @throws TopicSettingsException when topics that were there are set up otherwise, after 20 s
     * @throws BrokerUnavailableException when the broker does not answer
     */
    public void createMissing(short replication) {
        Set<String> present = get("list its topics", admin.listTopics().names());
        List<NewTopic> missing = TopicCatalogue.ALL.stream()
                .filter(topic -> !present.contains(settings.names().of(topic)))
                .map(topic -> new NewTopic(
                                settings.names().of(topic),
                                Optional.of(topic.partitions()),
                                replication < 0 ? Optional.empty() : Optional.of(replication))
                        .configs(topic.settings()))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                get("create topics", created);
            } catch (TopicExistsException e) {
                // Another process was faster; check() compares what it made.
                continue;
            }
        }
        applyShareGroupSettings(List.of(ShareGroup.GENERATORS, ShareGroup.TRAINERS));
        awaitSettings();
    }

    private void applyShareGroupSettings(List<ShareGroup> groups) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        for (ShareGroup group : groups) {
            changes.put(
                    resource(group),
                    group.settings().entrySet().stream()
                            .map(e -> new AlterConfigOp(
                                    new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                            .toList());
        }
        get("set its share groups", admin.incrementalAlterConfigs(changes).all());
    }

    /**
     * Compares topics and share groups at the broker with the catalogue.
     *
     * @throws TopicSettingsException listing every difference
     * @throws BrokerUnavailableException when the broker does not answer
     */
    public void check() {
        List<String> differences = new ArrayList<>();
        Set<String> present = get("list its topics", admin.listTopics().names());
        List<Topic<?>> found = new ArrayList<>();
        for (Topic<?> topic : TopicCatalogue.ALL) {
            if (present.contains(settings.names().of(topic))) {
                found.add(topic);
            } else {
                differences.add("topic %s: missing".formatted(settings.names().of(topic)));
            }
        }
        Map<String, TopicDescription> descriptions = get(
                "describe its topics",
                admin.describeTopics(found.stream()
                                .map(topic -> settings.names().of(topic))
                                .toList())
                        .allTopicNames());
        Map<ConfigResource, Map<String, String>> wanted = new LinkedHashMap<>();
        for (Topic<?> topic : found) {
            String name = settings.names().of(topic);
            int partitions = descriptions.get(name).partitions().size();
            if (partitions != topic.partitions()) {
                differences.add(
                        "topic %s: expected %d partitions, found %d".formatted(name, topic.partitions(), partitions));
            }
            wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, name), topic.settings());
        }
        for (ShareGroup group : List.of(ShareGroup.GENERATORS, ShareGroup.TRAINERS)) {
            wanted.put(resource(group), group.settings());
        }
        Map<ConfigResource, Config> actual = get(
                "describe its settings", admin.describeConfigs(wanted.keySet()).all());
        wanted.forEach(
                (resource, expected) -> differences.addAll(differences(resource, expected, actual.get(resource))));
        if (!differences.isEmpty()) {
            throw new TopicSettingsException(differences.stream()
                    .collect(Collectors.joining(
                            "\n  ", "the broker at " + settings.bootstrapServers() + " is not set up:\n  ", "")));
        }
    }

    /** A broker answers with the old settings until it has heard of the new ones from its controller. */
    private void awaitSettings() {
        long deadline = System.nanoTime() + SPREADING.toNanos();
        while (true) {
            try {
                check();
                return;
            } catch (TopicSettingsException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the broker's settings", e);
        }
    }

    private static List<String> differences(ConfigResource resource, Map<String, String> expected, Config actual) {
        List<String> differences = new ArrayList<>();
        expected.forEach((name, value) -> {
            ConfigEntry entry = actual.get(name);
            String found = entry == null ? "nothing" : entry.value();
            if (!value.equals(found)) {
                differences.add("%s %s: expected %s = %s, found %s"
                        .formatted(
                                resource.type().name().toLowerCase(java.util.Locale.ROOT),
                                resource.name(),
                                name,
                                value,
                                found));
            }
        });
        return differences;
    }

    private ConfigResource resource(ShareGroup group) {
        return new ConfigResource(ConfigResource.Type.GROUP, settings.names().of(group));
    }

    private <R> R get(String what, KafkaFuture<R> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            throw unavailable(what, e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the broker to " + what, e);
        }
    }

    private BrokerUnavailableException unavailable(String what, Throwable cause) {
        return new BrokerUnavailableException(
                "the broker at %s did not %s within %d s: %s"
                        .formatted(settings.bootstrapServers(), what, timeout.toSeconds(), cause.getMessage()),
                cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
