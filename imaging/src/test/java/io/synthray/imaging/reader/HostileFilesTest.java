package io.synthray.imaging.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.file.SafeFolder;
import io.synthray.imaging.file.UnsafeFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that mean harm are refused. */
class HostileFilesTest {

    private static final byte[] ROWS = "1.2.3,-1\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private Listing list(DatasetKind kind, Path path) {
        return Datasets.list(new DatasetSource(kind, path, DatasetOptions.DEFAULTS));
    }

    private static void writeRows(OutputStream out) throws IOException {
        out.write("ImageId, EncodedPixels\n".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 200; i++) {
            out.write(ROWS);
        }
    }

    @Test
    void aLabelFileThatUnpacksWithoutEndIsRefused() throws IOException {
        Path bomb = folder.resolve("labels.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            writeRows(out);
        }
        assertBomb(bomb);
        Path zipped = folder.resolve("labels.csv.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zipped))) {
            out.putNextEntry(new ZipEntry("labels.csv"));
            writeRows(out);
        }
        assertBomb(zipped);
    }

    private void assertBomb(Path file) {
        String problem = list(DatasetKind.SIIM_ACR, file).problems().stream()
                .map(Object::toString)
                .filter(p -> p.contains("bomb"))
                .findFirst()
                .orElseThrow();
        assertTrue(problem.startsWith(file.getFileName() + ": expected content that unpacks to at most "), problem);
    }

    @Test
    void anArrayThatUnpacksWithoutEndIsRefused() throws IOException {
        Path bomb = folder.resolve("pneumoniamnist.npz");
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (90000, 64, 64), }\n";
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            out.putNextEntry(new ZipEntry("train_images.npy"));
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 360; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        DatasetException e = assertThrows(DatasetException.class, () -> list(DatasetKind.MEDMNIST, bomb));
        assertTrue(e.getMessage().contains("the file may be a bomb"), e.getMessage());
    }

    @Test
    void aShapeThatIsNotThereAllocatesNothing() throws IOException {
        Path file = folder.resolve("x.npz");
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (999999999, 5000, 5000), }\n";
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("train_images.npy"));
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
            out.write(header.getBytes(StandardCharsets.US_ASCII));
        }
        DatasetException e = assertThrows(DatasetException.class, () -> list(DatasetKind.MEDMNIST, file));
        assertTrue(e.getMessage().contains("expected 999999999 images, found 0"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.png", "/etc/hostname", "a/../../secret.png", "..\\secret.png", "a/b/../../../x"})
    void aNameThatLeadsOutOfTheFolderIsRefused(String name) throws IOException {
        Files.writeString(folder.resolve("secret.png"), "x");
        Path inner =
                Files.createDirectories(folder.resolve("data/a/b")).getParent().getParent();
        Files.writeString(inner.resolve("index.csv"), "image,label\n" + name + ",1\n");
        DatasetException e = assertThrows(
                DatasetException.class,
                () -> Datasets.open(new DatasetSource(DatasetKind.TABLE, inner, DatasetOptions.DEFAULTS)));
        assertTrue(
                e.getMessage().contains("expected a relative name")
                        || e.getMessage().contains("leads out of it"),
                e.getMessage());
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.png"), "x");
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("b.png"), "x");
        Path inner = Files.createDirectories(folder.resolve("data"));
        Files.createSymbolicLink(inner.resolve("a.png"), secret);
        Files.createSymbolicLink(inner.resolve("sub"), outside);
        SafeFolder safe = SafeFolder.of(inner);
        for (String name : new String[] {"a.png", "sub/b.png"}) {
            UnsafeFileException e = assertThrows(UnsafeFileException.class, () -> safe.file(name));
            assertEquals("expected a file within the folder, found a link that leads out of it", e.getMessage());
        }
        Files.writeString(inner.resolve("real.png"), "x");
        Files.createSymbolicLink(inner.resolve("within.png"), Path.of("real.png"));
        assertTrue(safe.file("within.png").isPresent());
        Files.writeString(inner.resolve("index.csv"), "image,label\na.png,1\nsub/b.png,0\n");
        DatasetException e = assertThrows(
                DatasetException.class,
                () -> Datasets.open(new DatasetSource(DatasetKind.TABLE, inner, DatasetOptions.of(Map.of()))));
        assertEquals(2, e.problems().size());
    }
}
