package io.synthray.imaging.store;

import io.synthray.imaging.digest.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A store in a directory: {@code sha256/AB/ABCDEF....png} below the root. A file is written under a name of its own in {@code
 * incoming/}, forced to disk, then renamed, so that a reader sees it whole or not at all, whenever a writer is killed.
 */
public final class FileImageStore implements ImageStore {

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

    /** Older files in {@code incoming/} were left by a writer that died. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final Path incoming;
    private final String location;
    private final UUID writer = UUID.randomUUID();
    private final AtomicLong files = new AtomicLong();

    /**
     * Opens the store, makes the directory if it is not there, and removes what writers that died left behind.
     *
     * @throws StoreUnavailableException if the directory cannot be made or listed
     */
    public FileImageStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.incoming = this.root.resolve("incoming");
        try {
            makeDirectories(incoming);
            removeAbandoned();
            this.location = this.root.toUri().toString();
        } catch (IOException e) {
            throw unavailable("be opened", e);
        }
    }

    @Override
    public StoredObject put(byte[] bytes, String extension) {
        if (!EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException(
                    "expected an extension of lower-case letters and digits, found '" + extension + "'");
        }
        String sha256 = Sha256.hex(bytes);
        String place = "sha256/" + sha256.substring(0, 2) + "/" + sha256 + "." + extension;
        Path target = root.resolve(place);
        try {
            if (!holds(target, bytes)) {
                write(target, bytes);
            }
        } catch (IOException e) {
            throw unavailable("be written", e);
        }
        return new StoredObject(URI.create(location + place), sha256, bytes.length);
    }

    @Override
    public byte[] get(URI uri, String expectedSha256) {
        Path file = file(uri);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(root)) {
                throw unavailable("be read", e);
            }
            throw new ObjectMissingException(uri + ": not in the image store", e);
        } catch (IOException e) {
            throw unavailable("be read", e);
        }
        String found = Sha256.hex(bytes);
        if (!found.equals(expectedSha256)) {
            throw new ObjectCorruptException(
                    uri + ": expected content with SHA-256 " + expectedSha256 + ", found " + found, null);
        }
        return bytes;
    }

    @Override
    public void delete(URI uri) {
        try {
            Files.deleteIfExists(file(uri));
        } catch (IOException e) {
            throw unavailable("be cleared", e);
        }
    }

    private Path file(URI uri) {
        if ("file".equals(uri.getScheme()) && uri.getPath() != null) {
            Path file = Path.of(uri.getPath()).normalize();
            if (file.startsWith(root.resolve("sha256"))) {
                return file;
            }
        }
        throw new IllegalArgumentException("expected the URI of an object below " + root.toUri() + ", found " + uri);
    }

    /** Asks for the length first in the way that makes no exception of a missing file, as most are. */
    private static boolean holds(Path target, byte[] bytes) throws IOException {
        try {
            return target.toFile().length() == bytes.length && Arrays.equals(Files.readAllBytes(target), bytes);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(Path target, byte[] bytes) throws IOException {
        Path written = incoming.resolve(writer + "-" + files.incrementAndGet() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            move(written, target);
        } catch (IOException e) {
            Files.deleteIfExists(written);
            throw e;
        }
        force(target.getParent());
    }

    /** Makes the directory where it is not there yet, which is so for the first of many files only. */
    private static void move(Path written, Path target) throws IOException {
        try {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            makeDirectories(target.getParent());
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Makes a directory and those above it, each entry forced to disk. */
    private static void makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        makeDirectories(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        force(parent);
    }

    /** A rename is durable only once its directory is on disk. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void removeAbandoned() throws IOException {
        Instant oldest = Instant.now().minus(ABANDONED);
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException e) {
                    continue; // Its writer has just finished.
                }
            }
        }
    }

    private StoreUnavailableException unavailable(String action, IOException cause) {
        return new StoreUnavailableException(
                "image store " + root + " cannot " + action + " ("
                        + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")",
                cause);
    }
}
