package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.file.UnsafeFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies at a path: files near the top of a folder, or one file. Readers look here for the names that they know. */
final class Layout {

    private static final int DEPTH = 4;
    private static final int MOST_SEEN = 5_000;

    private final Path path;
    private final List<Path> files;

    Layout(Path path) {
        this.path = path;
        this.files = Files.isDirectory(path) ? near(path) : List.of();
    }

    private static List<Path> near(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
            return walk.limit(MOST_SEEN).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    Path path() {
        return path;
    }

    boolean isFile() {
        return Files.isRegularFile(path);
    }

    /** Whether a folder has this file at its top, as such or packed by gzip. */
    boolean has(String name) {
        return file(name).isPresent();
    }

    /** The file of this name at the folder's top, as such or packed by gzip. */
    Optional<Path> file(String name) {
        return Stream.of(name, name + ".gz", name + ".zip")
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Whether any file or folder near the top has a name that matches. */
    boolean hasLike(String pattern) {
        return files.stream().anyMatch(file -> file.getFileName().toString().matches(pattern));
    }

    /** The columns of a label file, none if the path is no CSV. */
    List<String> columns() {
        String name = path.getFileName().toString();
        if (!isFile() || !name.matches(".*\\.csv(\\.gz|\\.zip)?")) {
            return List.of();
        }
        try {
            return CsvFile.header(path);
        } catch (CsvException | UnsafeFileException e) {
            return List.of();
        }
    }
}
