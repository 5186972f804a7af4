package io.synthray.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.synthray.local.platform.FreePorts;
import io.synthray.local.stack.RunningStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsIT {
    private static final int PROGRAMS = 6;

    private static final String SMALL =
            """
            study: small
            seed: 17
            dataset: {kind: phantom, side: 64, seed: 3, train: 12, test: 4}
            task: segmentation
            targets: [heart]
            real-images: 4
            repeats: 2
            model: {network: unet, width: 8, depth: 2, steps: 10, batch-size: 4}
            arms:
              - name: real-only
              - name: real+synthetic
                synthetic: {images: 2, image-sets: shared, masks: {rotation: 4}}
            comparisons:
              - {arm: real+synthetic, reference: real-only}
            """;

    @TempDir
    Path directory;

    @Test
    void aStackLivesAndDiesAsOne() throws Exception {
        Path home = directory.resolve("stack");
        String where = "--directory=" + home;
        String port = "--base-port=" + basePort();

        Command up = Command.run(directory, "local", "up", "--detach", port, where);
        assertEquals(0, up.exitCode(), up.said());
        assertTrue(up.said().contains("waiting for broker, registry, inference"), up.said());
        List<ProcessHandle> programs = programs(home);
        assertEquals(PROGRAMS, programs.size());
        Command status = readyStatus(where);
        assertEquals(0, status.exitCode(), status.said());
        assertEquals(
                PROGRAMS + 1,
                status.said().lines().filter(l -> l.endsWith("  ready")).count(),
                status.said());
        Command again = Command.run(directory, "local", "up", port, where);
        assertEquals(1, again.exitCode(), again.said());
        assertTrue(again.said().contains("a stack already runs in " + home), again.said());

        ProcessHandle.of(RunningStack.in(home).orElseThrow().pid())
                .orElseThrow()
                .destroyForcibly();
        for (ProcessHandle program : programs) {
            program.onExit().get(2, TimeUnit.MINUTES);
        }
        Command none = Command.run(directory, "local", "status", where);
        assertEquals(1, none.exitCode(), none.said());
        assertTrue(none.said().contains("no stack runs in " + home), none.said());

        Command foreground = Command.start(directory, "local", "up", port, where);
        foreground.awaitSaid("Ctrl-C stops it");
        List<ProcessHandle> restarted = programs(home);
        assertEquals(PROGRAMS, restarted.size());
        new ProcessBuilder("kill", "-INT", Long.toString(foreground.pid()))
                .start()
                .waitFor();
        assertEquals(130, foreground.exitCode(), foreground.said());
        assertTrue(foreground.said().contains("stopping"), foreground.said());
        restarted.forEach(program -> assertFalse(program.isAlive(), "left behind: " + program));
        Command down = Command.run(directory, "local", "down", where);
        assertEquals(0, down.exitCode(), down.said());
        assertTrue(down.said().contains("no stack runs in " + home), down.said());
    }

    /** The status as soon as all programs are ready: when the stack is up they have started, which is a little earlier. */
    private Command readyStatus(String where) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Command.PATIENCE.toNanos();
        Command status = Command.run(directory, "local", "status", where);
        while (status.exitCode() != 0 && System.nanoTime() < deadline) {
            status = Command.run(directory, "local", "status", where);
        }
        return status;
    }

    private static List<ProcessHandle> programs(Path home) {
        return ProcessHandle.of(RunningStack.in(home).orElseThrow().pid())
                .orElseThrow()
                .children()
                .toList();
    }

    private static int basePort() {
        while (true) {
            int base = FreePorts.take(1).get(0);
            if (java.util.stream.IntStream.range(base, base + 50).allMatch(FreePorts::isFree)) {
                return base;
            }
        }
    }

    /** As the demo does with {@code --triton}, for a study that is over sooner. */
    @Test
    void tritonSamplesWhereItIsAskedFor() throws Exception {
        Path study = Files.writeString(directory.resolve("study.yaml"), SMALL);
        Path home = directory.resolve("triton");
        Path report = directory.resolve("report.html");
        Command run = Command.run(
                directory, "run", study.toString(), "--triton", "--directory=" + home, "--report=" + report);
        boolean unsuitable = run.exitCode() != 0 && run.said().contains("expected Python 3.11 or 3.12");
        assumeFalse(unsuitable, "Triton left out: " + run.said());

        assertEquals(0, run.exitCode(), run.said());
        String page = Files.readString(report);
        assertTrue(page.contains("Generator of 2 images"), page);
        assertTrue(page.contains(", server triton "), page);
        assertTrue(run.said().contains("real+synthetic"), run.said());
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        int base = basePort();
        try (ServerSocket taken = new ServerSocket(base + 2, 1, InetAddress.getLoopbackAddress())) {
            Command up = Command.run(
                    directory, "local", "up", "--base-port=" + base, "--directory=" + directory.resolve("p"));
            refused(up, 1, taken.getLocalPort() + " (registry)");
        }
    }

    @Test
    void aDirectoryOfSomebodyElseIsLeftAlone() throws Exception {
        Path letters = directory.resolve("letters");
        Files.createDirectories(letters.resolve("images"));
        Files.writeString(letters.resolve("diary.txt"), "dear diary");
        refused(Command.run(directory, "demo", "--directory=" + letters), 1, "found diary.txt");
        assertTrue(Files.exists(letters.resolve("images")));
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsStarted() throws Exception {
        refused(Command.run(directory, "demo", "--generators=0"), 2, "--generators: expected 1 to 16 workers, found 0");
        refused(Command.run(directory, "local", "up", "--base-port=80"), 2, "expected 1024 to 65485");
        refused(Command.run(directory, "local"), 2, "expected up, status or down");
        Path nowhere = directory.resolve("nowhere");
        refused(Command.run(directory, "demo", "--data=" + nowhere), 1, nowhere.toString());
        refused(Command.run(directory, "run", directory.resolve("no.yaml").toString()), 1, "no such file");
    }

    private static void refused(Command command, int exitCode, String words) throws IOException, InterruptedException {
        assertEquals(exitCode, command.exitCode(), command.said());
        assertTrue(command.said().contains(words), command.said());
        assertFalse(command.said().contains("\tat "), command.said());
        assertFalse(command.said().contains("waiting for"), command.said());
    }
}
