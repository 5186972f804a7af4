package io.synthray.imaging.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.digest.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreTest {

    private static final byte[] CONTENT = "synthetic".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    @Test
    void objectsAreFoundUnderTheirHash() {
        ImageStore store = ImageStores.open(root.toUri());
        StoredObject stored = store.put(CONTENT, "png");
        String hash = Sha256.hex(CONTENT);
        assertEquals(hash, stored.sha256());
        assertEquals(CONTENT.length, stored.size());
        assertTrue(stored.uri().toString().endsWith("/sha256/" + hash.substring(0, 2) + "/" + hash + ".png"));
        assertArrayEquals(CONTENT, store.get(stored.uri(), hash));
        assertEquals(stored, store.put(CONTENT, "png"));
    }

    @Test
    void missingAndCorruptObjectsAreToldApart() throws IOException {
        ImageStore store = new FileImageStore(root);
        StoredObject stored = store.put(CONTENT, "png");
        Path file = Path.of(stored.uri());
        Files.writeString(file, "something");
        assertThrows(ObjectCorruptException.class, () -> store.get(stored.uri(), stored.sha256()));
        assertEquals(stored, store.put(CONTENT, "png"), "putting it again mends it");
        assertArrayEquals(CONTENT, store.get(stored.uri(), stored.sha256()));
        Files.delete(file);
        assertThrows(ObjectMissingException.class, () -> store.get(stored.uri(), stored.sha256()));
    }

    @Test
    void aDirectoryThatWasClearedAwayIsMadeAgain() throws IOException {
        ImageStore store = new FileImageStore(root);
        Path file = Path.of(store.put(CONTENT, "png").uri());
        Files.delete(file);
        Files.delete(file.getParent());
        StoredObject again = store.put(CONTENT, "png");
        assertArrayEquals(CONTENT, store.get(again.uri(), again.sha256()));
    }

    @Test
    void aStoreThatIsNotThereIsUnavailable() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "x");
        assertThrows(StoreUnavailableException.class, () -> new FileImageStore(file.resolve("store")));
        FileImageStore store = new FileImageStore(root.resolve("store"));
        StoredObject stored = store.put(CONTENT, "png");
        Files.move(root.resolve("store"), root.resolve("gone"));
        assertThrows(StoreUnavailableException.class, () -> store.get(stored.uri(), stored.sha256()));
    }

    @Test
    void urisOutsideTheStoreAreRefused() throws IOException {
        ImageStore store = new FileImageStore(root.resolve("store"));
        Path secret = Files.writeString(root.resolve("secret.png"), "x");
        String hash = Sha256.hex("x");
        URI climbing = URI.create(root.resolve("store/sha256").toUri() + "/../../secret.png");
        assertThrows(IllegalArgumentException.class, () -> store.get(secret.toUri(), hash));
        assertThrows(IllegalArgumentException.class, () -> store.get(climbing, hash));
        assertThrows(IllegalArgumentException.class, () -> store.get(URI.create("s3://bucket/x.png"), hash));
        assertThrows(IllegalArgumentException.class, () -> store.put(CONTENT, "../x"));
    }

    @Test
    void otherSchemesAreRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ImageStores.open(URI.create("s3://bucket/images")));
        assertEquals(
                "image store: expected a URI of the form file:///DIRECTORY, found s3://bucket/images", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ImageStores.open(URI.create("file:relative")));
        assertThrows(IllegalArgumentException.class, () -> ImageStores.open(URI.create("file://host/share")));
    }

    @Test
    void leftoversOfDeadWritersAreRemovedOnceTheyAreOld() throws IOException {
        Path incoming = Files.createDirectories(root.resolve("incoming"));
        Path old = Files.writeString(incoming.resolve("old.part"), "x");
        Path young = Files.writeString(incoming.resolve("young.part"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        new FileImageStore(root);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
    }

    /** Two processes put the same objects; one is killed over and over. Whatever is under a hash has that hash. */
    @Test
    void killedWritersLeaveWholeObjectsOnly() throws IOException, InterruptedException {
        for (int round = 0; round < 3; round++) {
            List<Process> writers = List.of(writer(), writer());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            int before = objects().size();
            while (objects().size() < before + 5 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            for (Process writer : writers) {
                writer.destroyForcibly().waitFor();
            }
        }
        List<Path> objects = objects();
        assertTrue(objects.size() >= 15, "found " + objects.size());
        for (Path object : objects) {
            assertEquals(object.getFileName().toString(), Sha256.hex(Files.readAllBytes(object)) + ".bin");
        }
    }

    private Process writer() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        root.toString(),
                        String.valueOf(objects().size()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<Path> objects() throws IOException {
        Path objects = root.resolve("sha256");
        if (!Files.isDirectory(objects)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Puts one object of 1 MiB after the other until it is killed. */
    static final class EndlessWriter {

        private EndlessWriter() {}

        public static void main(String[] args) {
            ImageStore store = new FileImageStore(Path.of(args[0]));
            for (int i = Integer.parseInt(args[1]); true; i++) {
                byte[] bytes = new byte[1 << 20];
                bytes[i & 0xfff] = (byte) (1 + (i >>> 12));
                store.put(bytes, "bin");
            }
        }
    }
}
