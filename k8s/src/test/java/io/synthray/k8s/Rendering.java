package io.synthray.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** What {@code k8s/render} prints: kustomize itself renders. */
final class Rendering {
    private static final int NO_KUSTOMIZE = 3;

    private Rendering() {}

    /** The manifests of an overlay; skips the test where no kustomize can be had, saying so. */
    static String of(String overlay) {
        try {
            Path errors = Files.createTempFile("render", ".txt");
            Path output = Files.createTempFile("render", ".yaml");
            try {
                Process process = new ProcessBuilder(Project.file("k8s/render").toString(), overlay)
                        .redirectError(errors.toFile())
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("k8s/render " + overlay + ": not done within 5 minutes");
                }
                String said = Files.readString(errors, StandardCharsets.UTF_8);
                Assumptions.assumeFalse(process.exitValue() == NO_KUSTOMIZE, said);
                if (process.exitValue() != 0) {
                    throw new AssertionError(
                            "k8s/render %s: exit %d: %s".formatted(overlay, process.exitValue(), said));
                }
                return Files.readString(output, StandardCharsets.UTF_8);
            } finally {
                Files.delete(errors);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
