package io.synthray.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.ManifestEntry;
import io.synthray.event.ManifestRef;
import io.synthray.event.Task;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.store.FileImageStore;
import io.synthray.imaging.store.StoredObject;
import io.synthray.trainer.trial.Trials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticImagesTest {
    private static final int SIDE = 8;

    @TempDir
    private Path directory;

    private FileImageStore store;

    @BeforeEach
    void open() {
        store = new FileImageStore(directory);
    }

    @Test
    void readsImagesAndMasksAndResizesThem() {
        Example example = read(Task.SEGMENTATION, entry(mask())).get(0);
        float[] expected = image().resize(64, 64).toArray();
        assertArrayEquals(expected, example.image(), 1f / 255);
        assertEquals(3, example.planes().length);
        // The right half is the heart: 32 of 64 columns.
        assertEquals(1, example.planes()[2][63]);
        assertEquals(0, example.planes()[2][31]);
        float lungs = 0;
        for (float value : example.planes()[0]) {
            lungs += value;
        }
        assertEquals(0, lungs);
    }

    @Test
    void takesLabelsFromTheManifest() {
        ManifestEntry entry = ManifestEntry.newBuilder(entry(null))
                .setLabels(List.of("pleural-effusion"))
                .build();
        assertArrayEquals(
                new float[] {0, 1}, read(Task.CLASSIFICATION, entry).get(0).labels());
    }

    @Test
    void withoutAManifestThereAreNone() {
        SyntheticImages images =
                new SyntheticImages((imageSet, manifest) -> List.of(entry(null)), store, Optional.empty());
        assertEquals(List.of(), images.of(Trials.phantoms("s", 1, 4, 4, 10)));
    }

    @Test
    void refusesAChangedFile() throws IOException {
        ManifestEntry entry = entry(mask());
        Files.write(Path.of(URI.create(entry.getUri())), new byte[] {1, 2, 3});
        String message = assertThrows(UnusableDataException.class, () -> read(Task.SEGMENTATION, entry))
                .getMessage();
        assertTrue(message.startsWith("synthetic image 3: "), message);
        assertTrue(message.contains("expected content with SHA-256 " + entry.getSha256()), message);
    }

    @Test
    void refusesAFileThatIsNoImage() {
        StoredObject text = store.put(new byte[] {1, 2, 3}, "png");
        ManifestEntry entry = ManifestEntry.newBuilder(entry(mask()))
                .setUri(text.uri().toString())
                .setSha256(text.sha256())
                .build();
        String message = assertThrows(UnusableDataException.class, () -> read(Task.SEGMENTATION, entry))
                .getMessage();
        assertEquals("synthetic image 3: expected a PNG file, found other content", message);
    }

    @Test
    void refusesAnImageWithoutMaskForSegmentation() {
        String message = assertThrows(UnusableDataException.class, () -> read(Task.SEGMENTATION, entry(null)))
                .getMessage();
        assertEquals("synthetic image 3: expected a mask for segmentation, found none", message);
    }

    @Test
    void waitsForAStoreThatIsAway() throws IOException {
        ManifestEntry entry = entry(mask());
        Path moved = directory.resolveSibling("moved");
        Files.move(directory, moved);
        assertThrows(UnavailableDataException.class, () -> read(Task.SEGMENTATION, entry));
        Files.move(moved, directory);
        assertEquals(1, read(Task.SEGMENTATION, entry).size());
    }

    /** What the first trial has decoded, the next one takes from the cache: the store is empty by then. */
    @Test
    void imagesAreReadAndDecodedOnce(@TempDir Path cache) throws IOException {
        List<ManifestEntry> entries = numbered(40);
        TrialRequest trial = trial(Task.SEGMENTATION);
        List<Example> uncached = images(entries, Optional.empty()).of(trial);
        assertAlike(uncached, images(entries, Optional.of(cache)).of(trial));
        for (ManifestEntry entry : entries) {
            Files.delete(Path.of(URI.create(entry.getUri())));
            Files.deleteIfExists(Path.of(URI.create(entry.getMaskUri())));
        }
        assertAlike(uncached, images(entries, Optional.of(cache)).of(trial));
        assertThrows(UnusableDataException.class, () -> images(entries, Optional.empty())
                .of(trial));
        // Another set of images is not what was kept of this one.
        assertThrows(UnusableDataException.class, () -> images(entries.subList(0, 39), Optional.of(cache))
                .of(trial));
    }

    private static void assertAlike(List<Example> expected, List<Example> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).name(), found.get(i).name());
            assertArrayEquals(expected.get(i).image(), found.get(i).image());
            assertArrayEquals(expected.get(i).planes(), found.get(i).planes());
        }
    }

    /** However the threads run: of the objects that are not right the one of the lowest index is named. */
    @Test
    void namesTheFirstOfSeveralObjectsThatAreNotRight(@TempDir Path cache) throws IOException {
        List<ManifestEntry> entries = numbered(40);
        for (int index : new int[] {11, 12, 13, 14, 39}) {
            Files.write(Path.of(URI.create(entries.get(index).getUri())), new byte[] {1});
        }
        for (int attempt = 0; attempt < 10; attempt++) {
            String message = assertThrows(UnusableDataException.class, () -> images(entries, Optional.of(cache))
                            .of(trial(Task.SEGMENTATION)))
                    .getMessage();
            assertTrue(message.startsWith("synthetic image 11: "), message);
        }
    }

    @Test
    void aCacheThatCannotBeUsedIsWaitedFor(@TempDir Path cache) throws IOException {
        Path file = Files.createFile(cache.resolve("no-directory"));
        String message = assertThrows(UnavailableDataException.class, () -> images(numbered(1), Optional.of(file))
                        .of(trial(Task.SEGMENTATION)))
                .getMessage();
        assertTrue(message.startsWith("cache of decoded images: "), message);
    }

    /** Images of which no two are equal, with one mask. */
    private List<ManifestEntry> numbered(int count) {
        StoredObject mask = store.put(BitSetPng.encode(mask()), "png");
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] pixels = new float[SIDE * SIDE];
            pixels[i] = 1;
            StoredObject image = store.put(Png.encode(GreyImage.of(SIDE, SIDE, pixels), Map.of()), "png");
            entries.add(ManifestEntry.newBuilder(entry(null))
                    .setIndex(i)
                    .setUri(image.uri().toString())
                    .setSha256(image.sha256())
                    .setMaskUri(mask.uri().toString())
                    .setMaskSha256(mask.sha256())
                    .build());
        }
        return entries;
    }

    private List<Example> read(Task task, ManifestEntry entry) {
        return images(List.of(entry), Optional.empty()).of(trial(task));
    }

    private SyntheticImages images(List<ManifestEntry> entries, Optional<Path> cache) {
        return new SyntheticImages((imageSet, manifest) -> entries, store, cache);
    }

    private static TrialRequest trial(Task task) {
        return TrialRequest.newBuilder(Trials.phantoms("s", 1, 4, 4, 10))
                .setTask(task)
                .setTargets(
                        task == Task.SEGMENTATION
                                ? List.of("left-lung", "right-lung", "heart")
                                : List.of("cardiomegaly", "pleural-effusion"))
                .setManifest(new ManifestRef("shared", "d", 1, 1))
                .build();
    }

    private ManifestEntry entry(Mask mask) {
        StoredObject image = store.put(Png.encode(image(), Map.of()), "png");
        StoredObject stored = mask == null ? null : store.put(BitSetPng.encode(mask), "png");
        return ManifestEntry.newBuilder()
                .setIndex(3)
                .setUri(image.uri().toString())
                .setSha256(image.sha256())
                .setMaskUri(stored == null ? null : stored.uri().toString())
                .setMaskSha256(stored == null ? null : stored.sha256())
                .setLabels(List.of())
                .build();
    }

    private static GreyImage image() {
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i / 64f;
        }
        return GreyImage.of(SIDE, SIDE, pixels);
    }

    private static Mask mask() {
        return Mask.of(SIDE, SIDE, Map.of("heart", Plane.of(SIDE, SIDE, (x, y) -> x >= SIDE / 2)));
    }
}
