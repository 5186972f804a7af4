package io.synthray.imaging.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.imaging.digest.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs reference.py in a Python environment of the requirements beside it, made on first use in .synthray. */
final class PythonReference {

    private static final Path ROOT = Path.of(System.getProperty("synthray.root"));
    private static final Path SCRIPTS = ROOT.resolve("imaging/src/test/python");
    private static final String SUITABLE = "import sys, venv; sys.exit(sys.version_info < (3, 11))";

    private PythonReference() {}

    /** A file of the shared data; the test is skipped where it is absent. */
    static Path data(String name) {
        Path file = ROOT.resolve("../shared/data").resolve(name).normalize();
        assumeTrue(Files.exists(file), "no data at " + file);
        return file;
    }

    /** The lines that a command prints; the test is skipped where there is no Python. */
    static List<String> run(String command, Object... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(python().toString(), SCRIPTS.resolve("reference.py").toString(), command));
        Stream.of(arguments).map(Object::toString).forEach(line::add);
        return output(line);
    }

    private static synchronized Path python() throws IOException, InterruptedException {
        Optional<String> found = suitable();
        assumeTrue(found.isPresent(), "expected Python 3.11 or later as PYTHON, python3 or python3.N, found none");
        byte[] requirements = Files.readAllBytes(SCRIPTS.resolve("requirements.txt"));
        Path home = ROOT.resolve(".synthray/imaging-python");
        Files.createDirectories(home);
        Path environment = home.resolve(Sha256.hex(requirements).substring(0, 16));
        Path python = environment.resolve("bin/python");
        try (FileChannel channel =
                        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(environment.resolve("complete"))) {
                output(List.of(found.get(), "-m", "venv", environment.toString()));
                output(List.of(
                        python.toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--only-binary",
                        ":all:",
                        "-r",
                        SCRIPTS.resolve("requirements.txt").toString()));
                Files.createFile(environment.resolve("complete"));
            }
        }
        return python;
    }

    private static Optional<String> suitable() throws InterruptedException {
        String named = System.getenv("PYTHON");
        List<String> candidates =
                named != null ? List.of(named) : List.of("python3", "python3.13", "python3.12", "python3.11");
        for (String candidate : candidates) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", SUITABLE)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(candidate);
                }
            } catch (IOException e) {
                // Not there: the next one.
            }
        }
        return Optional.empty();
    }

    private static List<String> output(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("reference", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertEquals(0, process.waitFor(), () -> command + ": " + readable(errors));
            return lines;
        } finally {
            Files.delete(errors);
        }
    }

    private static String readable(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
