package io.synthray.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A stack's directory, which one stack uses at a time. Once the stack runs, {@code stack.properties} says by which process and
 * where, for those who want to look at it or end it; the operating system frees the lock when that process is gone.
 */
final class StackDirectory implements AutoCloseable {
    private static final String LOCK = "stack.lock";
    private static final String STATE = "stack.properties";
    private static final List<String> LEFT_BY_STACKS =
            List.of("broker", "registry", "images", "evaluator", "logs", "report.html");

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private StackDirectory(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws StackException when another stack has it, something else lies in it, or it cannot be written */
    static StackDirectory lock(Path directory) {
        try {
            Files.createDirectories(directory);
            requireOurs(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StackException("a stack already runs in " + directory);
            }
            Files.deleteIfExists(directory.resolve(STATE));
            return new StackDirectory(directory, channel, lock);
        } catch (IOException e) {
            throw new StackException("cannot use " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void requireOurs(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!LEFT_BY_STACKS.contains(file.getFileName().toString()) && !Files.exists(directory.resolve(LOCK))) {
                    throw new StackException("%s: expected an empty directory or one that a stack has used, found %s"
                            .formatted(directory, file.getFileName()));
                }
            }
        }
    }

    /** Deletes what stacks have left here, the lock and what is not theirs excepted. */
    void clear() throws IOException {
        for (String name : LEFT_BY_STACKS) {
            Path left = directory.resolve(name);
            if (Files.exists(left)) {
                try (Stream<Path> all = Files.walk(left)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether a stack has it. */
    static boolean isInUse(Path directory) {
        if (!Files.exists(directory.resolve(LOCK))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            return lock == null;
        } catch (IOException e) {
            throw new StackException("cannot use " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Says where the stack is. */
    void write(LocalStack stack) {
        Properties state = new Properties();
        state.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        state.setProperty("bootstrap-servers", stack.platform().kafka().bootstrapServers());
        state.setProperty("registry-url", stack.platform().registry().url().toString());
        stack.options()
                .ports()
                .byName()
                .forEach((name, port) -> state.setProperty("port." + name, Integer.toString(port)));
        Path draft = directory.resolve(STATE + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(draft)) {
                state.store(writer, null);
            }
            Files.move(draft, directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("cannot write " + draft + ": " + e.getMessage(), e);
        }
    }

    /** What the stack in this directory says; empty while none runs or it is still starting. */
    static Optional<RunningStack> running(Path directory) {
        Path file = directory.resolve(STATE);
        if (!isInUse(directory) || !Files.exists(file)) {
            return Optional.empty();
        }
        Properties state = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            state.load(reader);
        } catch (IOException e) {
            throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return Optional.of(RunningStack.of(state));
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(STATE));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
