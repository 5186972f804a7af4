package io.synthray.imaging.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data set's folder. Names come from its label files, which may be anybody's, so that each is resolved with care: neither dots nor
 * absolute paths nor symbolic links lead out of the folder.
 */
public final class SafeFolder {

    private static final int LONGEST_NAME = 1024;

    private final Path root;

    private SafeFolder(Path root) {
        this.root = root;
    }

    /**
     * Opens a folder. The folder itself may be a link; what is in it must not lead out.
     *
     * @throws UnsafeFileException if it is no directory
     */
    public static SafeFolder of(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return new SafeFolder(folder.toRealPath());
            }
        } catch (IOException e) {
            throw new UnsafeFileException("expected a directory that can be read, found one that cannot", e);
        }
        throw new UnsafeFileException("expected a directory, found none");
    }

    /** The folder, absolute and without links. */
    public Path path() {
        return root;
    }

    /**
     * The path of a name, which need not exist.
     *
     * @param name relative, its parts separated by {@code /}
     * @throws UnsafeFileException if the name is empty, absolute, too long or leads out of the folder
     */
    public Path resolve(String name) {
        Path relative;
        try {
            relative = Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnsafeFileException("expected a file's name, found one with characters that no name has", e);
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || relative.isAbsolute() || name.indexOf('\\') >= 0) {
            throw new UnsafeFileException("expected a relative name of 1 to " + LONGEST_NAME
                    + " characters with parts separated by '/', found another");
        }
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                throw new UnsafeFileException("expected a name within the folder, found one that leads out of it");
            }
        }
        return root.resolve(relative);
    }

    /**
     * An existing regular file.
     *
     * @return nothing if there is none
     * @throws UnsafeFileException as {@link #resolve}, and if a symbolic link leads out of the folder
     */
    public Optional<Path> file(String name) {
        Path path = resolve(name);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        requireInside(path);
        return Optional.of(path);
    }

    /**
     * An existing directory; as {@link #file}.
     *
     * @throws UnsafeFileException as {@link #file}
     */
    public Optional<SafeFolder> folder(String name) {
        Path path = resolve(name);
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        requireInside(path);
        return Optional.of(new SafeFolder(path));
    }

    private void requireInside(Path path) {
        try {
            Path real = path.toRealPath();
            Path expected = root.toRealPath(LinkOption.NOFOLLOW_LINKS);
            if (!real.startsWith(expected)) {
                throw new UnsafeFileException("expected a file within the folder, found a link that leads out of it");
            }
        } catch (IOException e) {
            throw new UnsafeFileException("expected a file that can be read, found one that cannot", e);
        }
    }
}
