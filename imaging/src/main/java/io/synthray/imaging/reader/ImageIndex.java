package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.file.SafeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The image files anywhere below a folder by their name without ending, for data sets whose tables name images and not files. */
final class ImageIndex {

    private static final int DEPTH = 10;
    private static final int MOST_FILES = 5_000_000;
    private static final Set<String> ENDINGS = Set.of("dcm", "dicom", "png", "jpg", "jpeg", "img", "gif");
    private static final Set<String> NO_IMAGES = Set.of("csv", "txt", "json", "md", "gz", "zip", "pdf", "xlsx", "html");

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> several = new HashSet<>();

    /** @throws DatasetException if the folder cannot be walked through or has too many files */
    ImageIndex(SafeFolder folder) {
        Path root = folder.path();
        try (Stream<Path> walk = Files.walk(root, DEPTH)) {
            walk.filter(path -> !Files.isDirectory(path)).limit(MOST_FILES + 1L).forEach(path -> add(root, path));
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(
                    DatasetProblem.error("images", "cannot be listed (" + e.getMessage() + ")", null));
        }
        if (names.size() > MOST_FILES) {
            throw new DatasetException(
                    DatasetProblem.error("images", "expected at most " + MOST_FILES + " files, found more", null));
        }
    }

    private void add(Path root, Path file) {
        String name = file.getFileName().toString();
        String ending = ending(name);
        if (NO_IMAGES.contains(ending)) {
            return;
        }
        String stem = stem(name);
        if (names.putIfAbsent(stem, root.relativize(file).toString().replace('\\', '/')) != null) {
            several.add(stem);
        }
    }

    /** A file's name without an ending of images; instance UIDs have points of their own. */
    static String stem(String name) {
        String ending = ending(name);
        return ENDINGS.contains(ending) ? name.substring(0, name.length() - ending.length() - 1) : name;
    }

    private static String ending(String name) {
        int point = name.lastIndexOf('.');
        return point < 0 ? "" : name.substring(point + 1).toLowerCase(Locale.ROOT);
    }

    /** The name of an image's file relative to the folder. */
    Optional<String> find(String id) {
        return Optional.ofNullable(names.get(id));
    }

    /** Whether several files have the name. */
    boolean isAmbiguous(String id) {
        return several.contains(id);
    }
}
