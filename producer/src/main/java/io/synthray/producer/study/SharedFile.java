package io.synthray.producer.study;

import io.synthray.imaging.digest.Sha256;
import io.synthray.producer.yaml.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that a study names and every trainer reads under the same path.
 *
 * @param path absolute
 * @param sha256 of its bytes now, in hexadecimal
 */
record SharedFile(String path, String sha256) {
    /**
     * The file that a field names; a relative path starts at the study file's directory.
     *
     * @param expected what it should be, for instance {@code a file of weights}
     * @return empty where the field is absent or names no file, which is then reported
     */
    static Optional<SharedFile> parse(Field field, Path directory, String expected) {
        String written = field.text(text -> !text.isBlank() && text.indexOf('\0') < 0, expected, "");
        if (written.isBlank() || !field.isText()) {
            return Optional.empty();
        }
        try {
            Path file = directory.resolve(written).normalize();
            if (Files.isRegularFile(file)) {
                return Optional.of(new SharedFile(file.toString(), Sha256.hex(Files.readAllBytes(file))));
            }
            field.wrong(expected, (Files.exists(file) ? "a directory: " : "no such file: ") + file);
        } catch (InvalidPathException e) {
            field.wrong(expected);
        } catch (IOException e) {
            field.wrong(
                    expected,
                    "one that cannot be read (%s)".formatted(e.getClass().getSimpleName()));
        }
        return Optional.empty();
    }
}
