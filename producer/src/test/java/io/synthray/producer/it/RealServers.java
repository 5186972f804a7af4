package io.synthray.producer.it;

import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.producer.broker.Platform;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker and one registry for all tests of the run, given to those that ask for {@link RealServers}. */
final class RealServers implements AutoCloseable {
    private final BrokerAndRegistry servers;

    private RealServers(BrokerAndRegistry servers) {
        this.servers = servers;
    }

    BrokerAndRegistry servers() {
        return servers;
    }

    /** Topics of this prefix, set up. */
    Platform platform(String prefix) {
        Platform platform = new Platform(
                KafkaSettings.of(servers.bootstrapServers(), new TopicNames(prefix)),
                RegistrySettings.of(servers.registryUrl()));
        platform.setUp((short) 1);
        return platform;
    }

    @Override
    public void close() {
        servers.close();
    }

    /** Starts them for the first test and ends them after the last. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RealServers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(RealServers.class))
                    .computeIfAbsent(RealServers.class, key -> start());
        }

        private static RealServers start() {
            try {
                Path directory = Files.createDirectories(
                        Path.of(System.getProperty("synthray.root"), "producer", "target", "it"));
                return new RealServers(BrokerAndRegistry.start(Files.createTempDirectory(directory, "servers-")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
