package io.synthray.imaging.fuzz;

import com.sun.management.ThreadMXBean;
import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.image.ImageFormatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one input may do: give a value or throw a reader's own exception, within 5 s of processor time, allocating no more than 256 MiB in all, so that
 * it never holds more. An input that does more is kept in target/fuzz. One that never ends stops the process, since nothing else would.
 */
final class Limits {

    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final long MOST_NANOS = 5_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicReference<Running> running = new AtomicReference<>();

    interface Read {
        void read() throws IOException;
    }

    private record Running(String target, byte[] input, long thread, long began) {}

    /** Begins to watch, until the process ends. */
    Limits() {
        Thread watch = new Thread(this::watch, "fuzz-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @SuppressWarnings("SystemExitOutsideMain") // A decoder that never returns cannot be stopped otherwise.
    private void watch() {
        try {
            while (true) {
                Thread.sleep(500);
                Running now = running.get();
                if (now != null && threads.getThreadCpuTime(now.thread()) - now.began() > 2 * MOST_NANOS) {
                    System.err.println(
                            now.target() + ": no end for the input kept at " + keep(now.target(), now.input()));
                    Runtime.getRuntime().halt(3);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void check(String target, byte[] input, Read read) {
        long thread = Thread.currentThread().getId();
        long began = threads.getThreadCpuTime(thread);
        long allocated = threads.getThreadAllocatedBytes(thread);
        running.set(new Running(target, input, thread, began));
        try {
            read.read();
        } catch (ImageFormatException | CsvException | UnsafeFileException | DatasetException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError(target + ": no message for the input kept at " + keep(target, input), e);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError(target + ": " + e + " for the input kept at " + keep(target, input), e);
        } finally {
            running.set(null);
        }
        long bytes = threads.getThreadAllocatedBytes(thread) - allocated;
        long nanos = threads.getThreadCpuTime(thread) - began;
        if (bytes > MOST_BYTES || nanos > MOST_NANOS) {
            throw new AssertionError(
                    target + ": " + bytes + " bytes and " + nanos + " ns for the input kept at " + keep(target, input));
        }
    }

    private static Path keep(String target, byte[] input) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            return Files.write(folder.resolve(target + "-" + Integer.toHexString(Arrays.hashCode(input))), input);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
