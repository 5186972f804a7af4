package io.synthray.local.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours. It ends with us, however we end: it reads a pipe whose other end only we hold. What it says goes to its log.
 */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param log file that its output is appended to; its directory is made
     * @throws UncheckedIOException when the operating system cannot start it
     */
    public static Child start(Program program, Distribution distribution, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = new ProcessBuilder(program.command(distribution.leash()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new Child(program.name(), process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }

    /** The program's name. */
    public String name() {
        return name;
    }

    /** The operating system's id. */
    public long pid() {
        return process.pid();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** What it has said so far. */
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Is completed when the process has ended. */
    public CompletableFuture<Child> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /**
     * Waits for the end and returns the exit code.
     *
     * @throws IllegalStateException when it still runs after {@code timeout}
     */
    public int waitFor(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " still runs after " + timeout.toSeconds() + " s, see " + log);
        }
        return process.exitValue();
    }

    /** Ends it without a word, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Tells it to end, as {@code kill} does, and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Tells it to end, waits, and kills what does not end within 25 s. */
    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
