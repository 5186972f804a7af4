package io.synthray.producer.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.producer.broker.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged {@code synthray} as a process of its own. */
final class Synthray implements AutoCloseable {
    private static final Path JAR =
            Path.of(System.getProperty("synthray.root"), "producer", "target", "synthray-producer.jar");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path out;
    private final Path err;
    private final long started = System.nanoTime();

    private Synthray(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How a command ended. */
    record Ended(int exitCode, String out, String err, Duration took) {
        /** What a user must never see, whatever happens. */
        Ended withoutTraces() {
            for (String text : List.of(out, err)) {
                assertTrue(!text.contains("\tat ") && !text.contains("Exception"), text);
            }
            return this;
        }
    }

    /** Starts a command; its output goes to files in the directory. */
    static Synthray start(Path directory, String... arguments) throws IOException {
        Path out = Files.createTempFile(directory, "out-", ".txt");
        Path err = Files.createTempFile(directory, "err-", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "--log-file",
                directory.resolve("synthray.log").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Synthray(process, out, err);
    }

    /** Runs a command to its end. */
    static Ended run(Path directory, String... arguments) throws IOException, InterruptedException {
        try (Synthray synthray = start(directory, arguments)) {
            return synthray.end();
        }
    }

    /** Options that lead to a platform. */
    static String[] at(Platform platform, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                platform.kafka().bootstrapServers(),
                "--registry-url",
                platform.registry().url().toString(),
                "--topic-prefix",
                platform.names().prefix()));
        return all.toArray(String[]::new);
    }

    /** Waits until the output has these words. */
    void awaitOutput(String words) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(out).contains(words)) {
            assertTrue(System.nanoTime() < deadline && process.isAlive(), () -> "no '" + words + "': " + all());
            Thread.sleep(5);
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    Ended end() throws IOException, InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "still running: " + all());
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return new Ended(process.exitValue(), read(out), read(err), took);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private String all() {
        try {
            return read(out) + read(err);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
