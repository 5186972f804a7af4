package io.synthray.local.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real broker and a real registry on free ports, each a process of its own that can be killed and started again. */
public final class BrokerAndRegistry implements AutoCloseable {
    /** A broker that was killed looks through all its logs first, which takes minutes on a busy machine. */
    private static final Duration START = Duration.ofMinutes(3);

    private final Programs programs = new Programs(Distribution.current());
    private final List<Integer> ports = FreePorts.take(3);
    private final Path directory;
    private Child broker;
    private Child registry;

    private BrokerAndRegistry(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /**
     * Starts both and waits until they serve.
     *
     * @param directory for data and logs
     * @throws IllegalStateException when one of them does not start; the message names its log
     */
    public static BrokerAndRegistry start(Path directory) throws InterruptedException {
        BrokerAndRegistry started = new BrokerAndRegistry(directory);
        try {
            started.launchBroker();
            started.launchRegistry();
            started.awaitBroker();
            started.awaitRegistry();
            return started;
        } catch (InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Address of the broker. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.get(0);
    }

    /** Root of the registry. */
    public String registryUrl() {
        return "http://127.0.0.1:" + ports.get(2);
    }

    /** Kills the broker without a word. */
    public void killBroker() {
        broker.kill();
    }

    /** Starts the broker again with what it had. */
    public void startBroker() throws InterruptedException {
        launchBroker();
        awaitBroker();
    }

    /** Kills the registry without a word. */
    public void killRegistry() {
        registry.kill();
    }

    /** Starts the registry again with what it had. */
    public void startRegistry() throws InterruptedException {
        launchRegistry();
        awaitRegistry();
    }

    private void launchBroker() {
        broker = launch(programs.broker(directory.resolve("broker"), ports.get(0), ports.get(1)));
    }

    private void launchRegistry() {
        registry = launch(programs.registry(directory.resolve("registry"), ports.get(2)));
    }

    private Child launch(Program program) {
        return Child.start(program, programs.distribution(), directory.resolve(program.name() + ".log"));
    }

    private void awaitBroker() throws InterruptedException {
        Readiness.broker(ports.get(0)).await(broker, START);
    }

    private void awaitRegistry() throws InterruptedException {
        Readiness.http(ports.get(2), "/health/ready").await(registry, START);
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
        if (broker != null) {
            broker.close();
        }
    }
}
