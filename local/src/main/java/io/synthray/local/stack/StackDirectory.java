package io.synthray.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/**
 * A stack's directory, which one stack uses at a time. Once the stack runs, {@code stack.properties} says by which process and
 * where, for those who want to look at it or end it; the operating system frees the lock when that process is gone.
 */
final class StackDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String STATE = "stack.properties";

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private StackDirectory(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws StackException when another stack has it, or it cannot be written */
    static StackDirectory lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
        try {
            Files.deleteIfExists(directory.resolve(STATE));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
