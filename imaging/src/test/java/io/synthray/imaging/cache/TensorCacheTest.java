package io.synthray.imaging.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorCacheTest {

    private static final int SIDE = 24;

    @TempDir
    private Path folder;

    private Path directory;

    @BeforeEach
    void phantoms() throws IOException {
        new PhantomFolder(new Phantom(7), 40).write(folder.resolve("data"), 10, 4);
        directory = folder.resolve("cache");
    }

    private Dataset dataset() {
        return FolderDataset.open(folder.resolve("data"));
    }

    private static void assertEqual(Dataset expected, Dataset cached) {
        for (DatasetCase c : expected.cases()) {
            assertEquals(expected.image(c, SIDE), cached.image(c, SIDE));
            assertEquals(expected.mask(c, SIDE), cached.mask(c, SIDE));
        }
    }

    @Test
    void givesWhatTheDataSetGivesAndDecodesOnce() throws IOException {
        try (TensorCache cache = TensorCache.open(directory, dataset(), SIDE)) {
            assertEqual(dataset(), cache);
            assertEqual(dataset(), cache);
            DatasetCase first = cache.cases().get(0);
            assertEquals(dataset().image(first, 11), cache.image(first, 11));
        }
        // The images' content is gone, their size and time are as before: only a cache can still give them.
        Dataset original = dataset();
        List<GreyImage> images =
                original.cases().stream().map(c -> original.image(c, SIDE)).toList();
        for (DatasetCase c : original.cases()) {
            Path file = folder.resolve("data/images/" + c.id() + ".png");
            FileTime time = Files.getLastModifiedTime(file);
            Files.write(file, new byte[(int) Files.size(file)]);
            Files.setLastModifiedTime(file, time);
        }
        try (TensorCache again = TensorCache.open(directory, dataset(), SIDE)) {
            assertEquals(
                    images,
                    again.cases().stream().map(c -> again.image(c, SIDE)).toList());
        }
    }

    @Test
    void decodesAFileAnewThatHasChanged() throws IOException {
        try (TensorCache cache = TensorCache.open(directory, dataset(), SIDE)) {
            DatasetCase c = cache.cases().get(0);
            GreyImage before = cache.image(c, SIDE);
            GreyImage other = GreyImage.ofBytes(40, 40, new byte[1600]);
            Files.write(folder.resolve("data/images/" + c.id() + ".png"), Png.encode(other, Map.of()));
            assertTrue(before.greyLevels() > 1);
            assertEquals(1, cache.image(c, SIDE).greyLevels());
        }
    }

    @Test
    void aDamagedEntryIsMadeAnew() throws IOException {
        try (TensorCache cache = TensorCache.open(directory, dataset(), SIDE)) {
            assertEqual(dataset(), cache);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
                    damaged.seek(100);
                    damaged.write(damaged.read() ^ 0x55);
                }
            }
        }
        try (TensorCache cache = TensorCache.open(directory, dataset(), SIDE)) {
            assertEqual(dataset(), cache);
        }
    }

    /** Five processes fill one cache at once; two of them are killed on their way. */
    @Test
    void severalProcessesFillOneCache() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CacheFiller.class.getName(),
                            folder.resolve("data").toString(),
                            directory.toString(),
                            Integer.toString(SIDE),
                            i < 2 ? "forever" : "once")
                    .inheritIO()
                    .start());
        }
        for (Process process : processes.subList(2, 5)) {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        for (Process process : processes.subList(0, 2)) {
            assertTrue(process.isAlive());
            process.destroyForcibly().waitFor();
        }
        try (TensorCache cache = TensorCache.open(directory, dataset(), SIDE)) {
            assertEqual(dataset(), cache);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
    }
}
