package io.synthray.producer.cli;

import io.synthray.producer.broker.Platform;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say where broker and registry are; a picocli mixin. */
public final class PlatformOptions {
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:,/]+):([0-9]{1,5})");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            defaultValue = "${env:SYNTHRAY_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
            description = "Kafka brokers (default: SYNTHRAY_KAFKA_BOOTSTRAP_SERVERS or 127.0.0.1:9092).")
    private String bootstrapServers;

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            defaultValue = "${env:SYNTHRAY_REGISTRY_URL:-http://127.0.0.1:8081}",
            description = "Schema registry (default: SYNTHRAY_REGISTRY_URL or http://127.0.0.1:8081).")
    private String registryUrl;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "${env:SYNTHRAY_KAFKA_TOPIC_PREFIX:-synthray.}",
            description = "What names of topics and groups begin with"
                    + " (default: SYNTHRAY_KAFKA_TOPIC_PREFIX or 'synthray.').")
    private String topicPrefix;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            description = "A property of the Kafka clients, for instance security.protocol=SASL_SSL. Repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "A properties file for the Kafka clients, where secrets are better kept than in a command.")
    private Path configuration;

    /**
     * Broker and registry as the options say.
     *
     * @throws ParameterException when an option's value is malformed
     */
    public Platform platform() {
        Map<String, String> all = new LinkedHashMap<>(fromFile());
        all.putAll(properties);
        return new Platform(
                new KafkaSettings(brokers(), names(), all),
                new RegistrySettings(registry(), REGISTRY_TIMEOUT, Map.of()));
    }

    private String brokers() {
        for (String address : bootstrapServers.split(",", -1)) {
            var matcher = ADDRESS.matcher(address.strip());
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65535) {
                throw wrong("--bootstrap-servers: expected HOST:PORT[,HOST:PORT...], found '%s'", bootstrapServers);
            }
        }
        return bootstrapServers;
    }

    private URI registry() {
        String expected = "--registry-url: expected http://HOST[:PORT] or https://HOST[:PORT], found '%s'";
        try {
            URI uri = URI.create(registryUrl.replaceAll("/+$", ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getPort() <= 65535 && uri.getQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), expected.formatted(registryUrl), e);
        }
        throw wrong(expected, registryUrl);
    }

    private TopicNames names() {
        try {
            return new TopicNames(topicPrefix);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--topic-prefix: " + e.getMessage(), e);
        }
    }

    private Map<String, String> fromFile() {
        Map<String, String> read = new LinkedHashMap<>();
        if (configuration == null) {
            return read;
        }
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(configuration, StandardCharsets.UTF_8)) {
            file.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "--kafka-config: expected a properties file in UTF-8, found %s (%s)"
                            .formatted(configuration, e.getClass().getSimpleName()),
                    e);
        }
        file.stringPropertyNames().forEach(name -> read.put(name, file.getProperty(name)));
        return read;
    }

    private ParameterException wrong(String expected, String found) {
        return new ParameterException(command.commandLine(), expected.formatted(found));
    }
}
