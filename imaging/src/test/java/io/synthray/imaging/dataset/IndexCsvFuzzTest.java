package io.synthray.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A damaged index gives {@link DatasetException} with a location, and nothing else. */
class IndexCsvFuzzTest {

    private static final String INDEX =
            "image_id,patient_id,split,prompt,nodule\n" + "a,p1,train,\"x, y\",1\nb,p1,train,z,0\nc,p2,test,\"\",1\n";

    private static Path folder;

    @BeforeContainer
    static void writeFolder() throws IOException {
        folder = Files.createTempDirectory("index");
        Files.createDirectory(folder.resolve("images"));
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("index.csv"));
        Files.deleteIfExists(folder.resolve("images"));
        Files.deleteIfExists(folder);
    }

    @Property(tries = 400)
    void mutatedBytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes) throws IOException {
        Random random = new Random(seed);
        byte[] csv = INDEX.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < changes; i++) {
            byte[] pool = "\",\n\r\0\u00e901train".getBytes(StandardCharsets.UTF_8);
            csv[random.nextInt(csv.length)] =
                    random.nextBoolean() ? (byte) random.nextInt(256) : pool[random.nextInt(pool.length)];
        }
        Files.write(folder.resolve("index.csv"), csv);
        try {
            FolderDataset.open(folder);
            throw new AssertionError("opened a folder without images");
        } catch (DatasetException e) {
            assertFalse(e.problems().isEmpty());
            for (DatasetProblem problem : e.problems()) {
                assertFalse(problem.location().isBlank() || problem.message().isBlank());
            }
        }
    }
}
