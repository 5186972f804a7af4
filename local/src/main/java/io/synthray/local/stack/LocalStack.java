package io.synthray.local.stack;

import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.FreePorts;
import io.synthray.local.platform.Programs;
import io.synthray.local.platform.Readiness;
import io.synthray.producer.broker.Platform;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running stack. Programs that crash are started again with what they had; all end with this process, however it ends.
 * A stack that is started again in the same directory goes on with its studies.
 */
public final class LocalStack implements AutoCloseable {
    private static final short ONE_COPY = 1;
    /** It downloads 89 MB then. */
    private static final Duration FIRST_START_OF_TRITON = Duration.ofMinutes(10);

    private final StackOptions options;
    private final StackDirectory directory;
    private final Supervisor supervisor;
    private final Platform platform;

    private LocalStack(StackOptions options, StackDirectory directory, Supervisor supervisor, Platform platform) {
        this.options = options;
        this.directory = directory;
        this.supervisor = supervisor;
        this.platform = platform;
    }

    /**
     * Starts everything, sets topics, share groups and schemas up, and returns when all services take work.
     *
     * @throws StackException when the directory is in use, a port is taken or a program does not start
     */
    public static LocalStack start(StackOptions options, StackListener listener) throws InterruptedException {
        Distribution distribution = Distribution.current();
        StackDirectory directory = StackDirectory.lock(options.directory());
        Supervisor supervisor = new Supervisor(distribution, options.logs(), listener);
        Platform platform = new Platform(
                KafkaSettings.of("127.0.0.1:" + options.ports().broker(), TopicNames.DEFAULT),
                RegistrySettings.of("http://127.0.0.1:" + options.ports().registry()));
        LocalStack stack = new LocalStack(options, directory, supervisor, platform);
        try {
            stack.requireFreePorts();
            if (options.fresh()) {
                directory.clear();
            }
            Files.createDirectories(options.store());
            stack.startAll(new Programs(distribution));
            return stack;
        } catch (InterruptedException | RuntimeException e) {
            stack.close();
            throw e;
        } catch (IOException e) {
            stack.close();
            throw new StackException("cannot write to " + options.directory() + ": " + e.getMessage(), e);
        }
    }

    private void requireFreePorts() {
        List<String> taken = new ArrayList<>();
        options.ports().byName().forEach((name, port) -> {
            if (!FreePorts.isFree(port)) {
                taken.add(port + " (" + name + ")");
            }
        });
        if (!taken.isEmpty()) {
            throw new StackException("something listens on 127.0.0.1 already at port " + String.join(", ", taken)
                    + "; give other ports by --base-port");
        }
    }

    private void startAll(Programs programs) throws InterruptedException {
        StackPorts ports = options.ports();
        supervisor.start(List.of(
                new Unit(
                        programs.broker(options.directory().resolve("broker"), ports.broker(), ports.controller()),
                        Readiness.broker(ports.broker())),
                new Unit(
                        programs.registry(options.directory().resolve("registry"), ports.registry()),
                        Readiness.http(ports.registry(), "/health/ready")),
                inferenceServer(programs)));
        platform.setUp(ONE_COPY);
        List<Unit> services = new ArrayList<>();
        services.add(service(
                programs,
                "evaluator",
                "evaluator",
                ports.evaluator(),
                Map.of(
                        "synthray.evaluator.state-dir",
                        options.directory().resolve("evaluator").toString())));
        for (int i = 0; i < ports.generators().size(); i++) {
            services.add(service(
                    programs,
                    "generator-worker",
                    "generator-" + (i + 1),
                    ports.generators().get(i),
                    generatorSettings()));
        }
        for (int i = 0; i < ports.trainers().size(); i++) {
            services.add(service(
                    programs,
                    "trainer-worker",
                    "trainer-" + (i + 1),
                    ports.trainers().get(i),
                    Map.of("synthray.store.uri", options.store().toUri().toString())));
        }
        supervisor.start(services);
        directory.write(this);
    }

    private Unit inferenceServer(Programs programs) {
        int port = options.ports().inference();
        if (options.triton()) {
            return new Unit(
                    programs.triton(options.modelRepository(), port), Readiness.listening(port), FIRST_START_OF_TRITON);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        return new Unit(programs.inference(options.modelRepository(), port, threads), Readiness.listening(port));
    }

    private Map<String, String> generatorSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("synthray.inference.address", inferenceServer());
        settings.put("synthray.store.uri", options.store().toUri().toString());
        if (options.hasEmbedder()) {
            settings.put("synthray.inference.embedder", StackOptions.EMBEDDER);
        }
        return settings;
    }

    private Unit service(Programs programs, String module, String name, int port, Map<String, String> own) {
        Map<String, String> settings = new LinkedHashMap<>(own);
        settings.put("synthray.kafka.bootstrap-servers", platform.kafka().bootstrapServers());
        settings.put("synthray.kafka.topic-prefix", platform.names().prefix());
        settings.put("synthray.registry.url", platform.registry().url().toString());
        return new Unit(programs.service(module, name, port, settings), Readiness.http(port, "/q/health/started"));
    }

    /** Its broker and registry. */
    public Platform platform() {
        return platform;
    }

    /** Its inference server, {@code host:port}. */
    public String inferenceServer() {
        return "127.0.0.1:" + options.ports().inference();
    }

    /** How it was set up. */
    public StackOptions options() {
        return options;
    }

    /** Its processes, those that are being started again left out. */
    public List<Child> children() {
        return supervisor.children();
    }

    /** Ends all programs in order: services first, broker and registry last. */
    @Override
    public void close() {
        supervisor.close();
        directory.close();
    }
}
