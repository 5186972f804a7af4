package io.synthray.local.stack;

import io.synthray.local.platform.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stack that another process runs.
 *
 * @param pid of that process
 * @param bootstrapServers its broker
 * @param registryUrl its registry
 * @param ports by program
 */
public record RunningStack(long pid, String bootstrapServers, String registryUrl, Map<String, Integer> ports) {
    private static final String PORT = "port.";

    /** The stack of this directory, if one runs there. */
    public static Optional<RunningStack> in(Path directory) {
        return StackDirectory.running(directory);
    }

    /** Whether a stack runs or starts in this directory. */
    public static boolean isInUse(Path directory) {
        return StackDirectory.isInUse(directory);
    }

    static RunningStack of(Properties state) {
        Map<String, Integer> ports = new TreeMap<>();
        state.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PORT))
                .forEach(name -> ports.put(name.substring(PORT.length()), Integer.valueOf(state.getProperty(name))));
        return new RunningStack(
                Long.parseLong(state.getProperty("pid")),
                state.getProperty("bootstrap-servers"),
                state.getProperty("registry-url"),
                ports);
    }

    /** Whether each program does its work, by name. */
    public Map<String, Boolean> readiness() {
        Map<String, Boolean> all = new TreeMap<>();
        ports.forEach((name, port) -> all.put(name, readiness(name, port).isReady()));
        return all;
    }

    private static Readiness readiness(String program, int port) {
        return switch (program) {
            case "broker" -> Readiness.broker(port);
            case "registry" -> Readiness.http(port, "/health/ready");
            case "broker-controller", "inference" -> Readiness.listening(port);
            default -> Readiness.http(port, "/q/health/ready");
        };
    }

    /**
     * Tells the stack to end and waits.
     *
     * @throws StackException when it still runs after {@code timeout}
     */
    public void stop(Duration timeout) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StackException("process %d still runs after %d s".formatted(pid, timeout.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
