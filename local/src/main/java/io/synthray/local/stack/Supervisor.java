package io.synthray.local.stack;

import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Starts programs stage by stage, keeps them running, and ends them in the opposite order. */
final class Supervisor implements AutoCloseable {
    private static final int TAIL = 5;

    private final Distribution distribution;
    private final Path logs;
    private final StackListener listener;
    private final List<List<Supervised>> stages = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "restarts");
        thread.setDaemon(true);
        return thread;
    });

    Supervisor(Distribution distribution, Path logs, StackListener listener) {
        this.distribution = distribution;
        this.logs = logs;
        this.listener = listener;
    }

    /**
     * Starts the units of a stage at once and waits until all are ready.
     *
     * @throws StackException when one ends or is not ready in its time
     */
    void start(List<Unit> units) throws InterruptedException {
        List<Supervised> stage = units.stream()
                .map(unit -> new Supervised(unit, distribution, logs, timer, listener))
                .toList();
        stages.add(stage);
        long begin = System.nanoTime();
        stage.forEach(Supervised::start);
        listener.waitingFor(stage.stream().map(Supervised::name).toList());
        List<Supervised> waiting = new ArrayList<>(stage);
        while (!waiting.isEmpty()) {
            for (Supervised each : List.copyOf(waiting)) {
                if (each.unit().readiness().isReady()) {
                    waiting.remove(each);
                    each.keep();
                    listener.ready(each.name(), Duration.ofNanos(System.nanoTime() - begin));
                } else {
                    requireAlive(each.child());
                }
            }
            requireInTime(waiting, Duration.ofNanos(System.nanoTime() - begin));
            Thread.sleep(100);
        }
    }

    private void requireInTime(List<Supervised> waiting, Duration passed) {
        List<Supervised> late = waiting.stream()
                .filter(each -> passed.compareTo(each.unit().patience()) > 0)
                .toList();
        if (!late.isEmpty()) {
            throw new StackException(
                    "%s not ready after %d s, see %s".formatted(names(late), passed.toSeconds(), logs));
        }
    }

    private static String names(List<Supervised> programs) {
        return String.join(", ", programs.stream().map(Supervised::name).toList());
    }

    private static void requireAlive(Child child) {
        if (!child.isAlive()) {
            throw new StackException("%s ended with exit code %d before it was ready; the end of %s:%n%s"
                    .formatted(child.name(), child.exitCode().orElse(-1), child.log(), tail(child.log())));
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()))
                    .indent(2);
        } catch (IOException e) {
            return "  (cannot be read: " + e.getMessage() + ")";
        }
    }

    /** The processes that run at present. */
    List<Child> children() {
        return stages.stream()
                .flatMap(List::stream)
                .map(Supervised::child)
                .filter(child -> child != null)
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (stages.isEmpty()) {
            return;
        }
        listener.stopping();
        for (int i = stages.size() - 1; i >= 0; i--) {
            List<Supervised> stage = stages.remove(i);
            stage.forEach(Supervised::terminate);
            stage.forEach(Supervised::awaitEnd);
        }
    }
}
