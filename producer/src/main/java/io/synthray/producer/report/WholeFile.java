package io.synthray.producer.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a text file that a reader sees whole or not at all. */
final class WholeFile {
    private WholeFile() {}

    static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new OutputException(file + ": expected a file to write, found a directory", null);
        }
        try {
            Files.createDirectories(target.getParent());
            Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.writeString(part, text, StandardCharsets.UTF_8);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new OutputException(
                    "%s: cannot be written (%s: %s)"
                            .formatted(file, e.getClass().getSimpleName(), e.getMessage()),
                    e);
        }
    }
}
