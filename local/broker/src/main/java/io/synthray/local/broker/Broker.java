package io.synthray.local.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker (KRaft, share groups enabled) for one machine: {@code Broker DATA-DIRECTORY PORT CONTROLLER-PORT}. Formats an
 * empty data directory, serves until the process ends, and goes on with what it had when started again, after a kill too.
 */
public final class Broker {
    private Broker() {}

    /**
     * Starts the broker; it serves on threads of its own.
     *
     * @param args data directory, port of clients, port of the controller
     * @throws IOException when the data directory cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: Broker DATA-DIRECTORY PORT CONTROLLER-PORT");
            System.exit(2);
        }
        try (InputStream logging = Broker.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(logging);
        }
        BrokerSettings settings =
                new BrokerSettings(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        Files.createDirectories(settings.data());
        format(settings);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        System.out.println("broker serving on 127.0.0.1:" + settings.port());
    }

    private static void format(BrokerSettings settings) throws IOException {
        if (Files.exists(settings.data().resolve("meta.properties"))) {
            return;
        }
        Path file = settings.data().resolveSibling(settings.data().getFileName() + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.properties().store(writer, null);
        }
        int exit = StorageTool.execute(
                new String[] {
                    "format",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    file.toString(),
                    "--ignore-formatted"
                },
                System.out);
        Files.delete(file);
        if (exit != 0) {
            throw new IOException("cannot format " + settings.data() + " as Kafka's storage: exit " + exit);
        }
    }
}
