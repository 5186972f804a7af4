package io.synthray.local.stack;

import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One program that is kept running: started again whenever it ends, sooner the first time than the tenth. */
final class Supervised {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(30);

    private final Unit unit;
    private final Distribution distribution;
    private final Path log;
    private final ScheduledExecutorService timer;
    private final StackListener listener;
    private Child child;
    private Child answered;
    private boolean kept;
    private boolean ended;
    private Duration wait = FIRST_WAIT;
    private long startedAt;

    Supervised(
            Unit unit, Distribution distribution, Path logs, ScheduledExecutorService timer, StackListener listener) {
        this.unit = unit;
        this.distribution = distribution;
        this.log = logs.resolve(unit.name() + ".log");
        this.timer = timer;
        this.listener = listener;
    }

    String name() {
        return unit.name();
    }

    Unit unit() {
        return unit;
    }

    synchronized void start() {
        if (ended) {
            return;
        }
        startedAt = System.nanoTime();
        child = Child.start(unit.program(), distribution, log);
        var unused = child.onExit().thenAccept(this::exited);
    }

    /** From now on an end is answered with a new start; before, it is a failure to start. */
    synchronized void keep() {
        kept = true;
        if (!child.isAlive()) {
            exited(child);
        }
    }

    private synchronized void exited(Child who) {
        if (!kept || ended || who == answered) {
            return;
        }
        answered = who;
        listener.restarting(name(), who.exitCode().orElse(-1));
        if (System.nanoTime() - startedAt > STEADY.toNanos()) {
            wait = FIRST_WAIT;
        }
        var unused = timer.schedule(this::start, wait.toMillis(), TimeUnit.MILLISECONDS);
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    synchronized Child child() {
        return child;
    }

    synchronized void terminate() {
        ended = true;
        if (child != null) {
            child.terminate();
        }
    }

    void awaitEnd() {
        Child last = child();
        if (last != null) {
            last.close();
        }
    }
}
