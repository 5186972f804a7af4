package io.synthray.imaging.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dicom.Dicom;
import io.synthray.imaging.image.ImageFile;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.RunLengthText;
import io.synthray.imaging.reader.CheXmask;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Damaged inputs of every kind that is read, a thousand each; the README tells how to run a million. A failure names the seed, and the input is kept in
 * target/fuzz.
 */
@PropertyDefaults(
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.OFF,
        afterFailure = AfterFailureMode.RANDOM_SEED)
class ReadersFuzzTest {

    /** The same inputs every time, so that a build depends on its sources alone; others by {@code -Dfuzz.seed=N}. */
    private static final long OTHER = Long.getLong("fuzz.seed", 0);

    private static Limits limits;
    private static Path folder;

    @BeforeContainer
    static void begin() throws IOException {
        limits = new Limits();
        folder = Files.createTempDirectory("fuzz");
    }

    @AfterContainer
    static void end() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Inputs that have broken a reader once; their names begin with their kind. */
    @Example
    void keptInputs() throws IOException {
        Path kept = Path.of("src", "test", "resources", "io", "synthray", "imaging", "fuzz");
        int inputs = 0;
        try (var files = Files.list(kept)) {
            for (Path file : files.toList()) {
                byte[] input = Files.readAllBytes(file);
                String kind = file.getFileName().toString().replaceFirst("-.*", "");
                limits.check(kind, input, () -> {
                    if (kind.equals("dicom")) {
                        Dicom.decode(input);
                    } else if (kind.equals("csv")) {
                        CheXmask.open(file).mask("a.jpg");
                    } else {
                        ImageFile.decode(input, "x");
                    }
                });
                inputs++;
            }
        }
        assertTrue(inputs > 0);
    }

    /** What is damaged is sound before. */
    @Example
    void seedsAreSound() throws IOException {
        Seeds.dicom().forEach(file -> assertEquals(32, Dicom.decode(file).width()));
        Seeds.png().forEach(file -> assertEquals(32, Png.decode(file, "x").width()));
        Seeds.otherPictures()
                .forEach(file -> assertEquals(24, ImageFile.decode(file, "x").height()));
        Path npz = Files.write(folder.resolve("pneumoniamnist.npz"), Seeds.zip(Seeds.arrays()));
        DatasetSource source = new DatasetSource(DatasetKind.MEDMNIST, npz, DatasetOptions.DEFAULTS);
        assertEquals(9, Datasets.list(source).cases().size());
    }

    @Property(seed = "1")
    void dicom(@ForAll long random) {
        byte[] input = new Mutator(random ^ OTHER, Seeds.dicom()).next();
        limits.check("dicom", input, () -> Dicom.decode(input).resize(8, 8));
    }

    @Property(seed = "1")
    void png(@ForAll long random) {
        Mutator mutator = new Mutator(random ^ OTHER, Seeds.png());
        byte[] damaged = mutator.next();
        byte[] input = mutator.coin() ? Seeds.mended(damaged) : damaged;
        limits.check("png", input, () -> {
            Png.decode(input, "x").resize(8, 8);
            Png.texts(input, "x");
            Png.decodeSamples(input, "x");
        });
    }

    @Property(seed = "1")
    void otherPictures(@ForAll long random) {
        byte[] input = new Mutator(random ^ OTHER, Seeds.otherPictures()).next();
        limits.check("picture", input, () -> ImageFile.decode(input, "x").resize(8, 8));
    }

    @Property(seed = "1")
    void npz(@ForAll long random) throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>(Seeds.arrays());
        Mutator inside = new Mutator(random ^ OTHER, List.copyOf(arrays.values()));
        byte[] input;
        if (inside.coin()) {
            String name = List.copyOf(arrays.keySet()).get((int) Math.floorMod(random, 6L));
            arrays.put(name, inside.next());
            input = Seeds.zip(arrays);
        } else {
            input = new Mutator(random ^ OTHER, List.of(Seeds.zip(arrays))).next();
        }
        Path file = Files.write(folder.resolve("pneumoniamnist.npz"), input);
        limits.check("npz", input, () -> {
            Listing listing = Datasets.list(new DatasetSource(DatasetKind.MEDMNIST, file, DatasetOptions.DEFAULTS));
            listing.cases().stream().limit(3).forEach(c -> listing.pixels().image(c.id()));
        });
    }

    @Property(seed = "1")
    void runLengths(@ForAll long random) {
        byte[] input = new Mutator(random ^ OTHER, Seeds.runLengths()).next();
        String text = new String(input, StandardCharsets.ISO_8859_1);
        for (RunLengthText form : RunLengthText.values()) {
            limits.check("runs", input, () -> form.decode(text, 1024, 1024).area());
        }
    }

    @Property(seed = "1")
    void csv(@ForAll long random) throws IOException {
        byte[] input = new Mutator(random ^ OTHER, Seeds.csv()).next();
        limits.check("csv", input, () -> CsvFile.read(new ByteArrayInputStream(input), h -> {}, row -> row.get(0)));
        Path file = Files.write(folder.resolve("labels.csv"), input);
        for (DatasetKind kind : List.of(
                DatasetKind.SIIM_ACR,
                DatasetKind.RSNA_PNEUMONIA,
                DatasetKind.CHEXPERT,
                DatasetKind.CANDID_PTX,
                DatasetKind.TABLE)) {
            limits.check("csv", input, () -> Datasets.list(new DatasetSource(kind, file, DatasetOptions.DEFAULTS)));
        }
        limits.check("csv", input, () -> CheXmask.open(file).mask("a.jpg"));
    }
}
