package io.synthray.local.cli;

import io.synthray.local.platform.Await;
import io.synthray.local.platform.Distribution;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One command in a process of its own. */
final class Command {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;

    private Command(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Command start(Path directory, String... arguments) throws IOException {
        Path root = Distribution.current().root();
        List<String> command = new ArrayList<>(interruptible());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dsynthray.root=" + root,
                "-jar",
                root.resolve("local/target/synthray-local.jar").toString(),
                "--log-file=" + directory.resolve("client.log")));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output-", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        return new Command(process, output);
    }

    /**
     * A shell lets its background jobs ignore Ctrl-C, and what they start inherits that; a terminal's foreground does not. GNU's
     * {@code env} gives the signal its meaning back, as in a terminal.
     */
    private static List<String> interruptible() {
        return System.getProperty("os.name").equals("Linux") ? List.of("env", "--default-signal=INT") : List.of();
    }

    static Command run(Path directory, String... arguments) throws IOException, InterruptedException {
        Command command = start(directory, arguments);
        command.exitCode();
        return command;
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + said());
        }
        return process.exitValue();
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    /** Waits until it has said something. */
    void awaitSaid(String words) throws IOException, InterruptedException {
        await(words, () -> {
            try {
                return said().contains(words);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    static void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }
}
