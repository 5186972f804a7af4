package io.synthray.producer.builtin;

import com.samskivert.mustache.Mustache;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.mask.Structures;
import io.synthray.producer.plan.ReferenceImages;
import io.synthray.producer.study.StudyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Studies that come with Synthray. They are study files like any other, read from the library itself. */
public final class BuiltInStudies {
    private static final List<String> WANTED = List.of(Structures.LEFT_LUNG, Structures.RIGHT_LUNG, Structures.HEART);

    private static final int REAL_IMAGES = 8;
    private static final int REPEATS = 3;
    private static final int LOOKED_AT = 20;

    private BuiltInStudies() {}

    /**
     * The demonstration: a U-Net that segments lungs and heart of the phantom from 8 images, alone, with augmentation, and with
     * synthetic images.
     */
    public static StudyFile demo() {
        return parse(Map.of(
                "study", "demo",
                "data", "the built-in phantom",
                "dataset", "kind: phantom, side: 64, seed: 7, train: 200, test: 40",
                "targets", String.join(", ", WANTED),
                "real", Integer.toString(REAL_IMAGES),
                "fidelity", "true"));
    }

    /**
     * The demonstration on a folder of radiographs with masks, for those of the three structures that are drawn in its masks. Its
     * id depends on the folder and what is in it, since the plan does.
     *
     * @throws io.synthray.imaging.dataset.DatasetException when the folder is no dataset
     * @throws io.synthray.producer.study.InvalidStudyException when its masks have none of the structures
     */
    public static StudyFile demoOn(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Dataset dataset = FolderDataset.open(absolute);
        List<DatasetCase> train = dataset.cases(Split.TRAIN);
        List<String> targets = WANTED.stream()
                .filter(dataset.structures()::contains)
                .filter(structure -> train.stream().limit(LOOKED_AT).anyMatch(c -> isDrawn(dataset, c, structure)))
                .toList();
        String identity = Sha256.hex(absolute + "\n" + dataset.fingerprint()).substring(0, 8);
        return parse(Map.of(
                "study",
                "demo-" + identity,
                "data",
                "the radiographs of a folder",
                "dataset",
                "kind: folder, side: 64, path: " + quote(absolute.toString()),
                "targets",
                String.join(", ", targets),
                "real",
                Integer.toString(Math.min(REAL_IMAGES, train.size())),
                "fidelity",
                Boolean.toString(patients(train) >= REPEATS * REAL_IMAGES + ReferenceImages.FEWEST_HELD_OUT)));
    }

    private static long patients(List<DatasetCase> cases) {
        return cases.stream().map(DatasetCase::group).distinct().count();
    }

    private static boolean isDrawn(Dataset dataset, DatasetCase radiograph, String structure) {
        return dataset.mask(radiograph, 64)
                .plane(structure)
                .map(plane -> plane.area() > 0)
                .orElse(false);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static StudyFile parse(Map<String, String> values) {
        String yaml = Mustache.compiler().escapeHTML(false).compile(template()).execute(values);
        return StudyFile.parse(
                yaml, "built-in study " + values.get("study"), Path.of("").toAbsolutePath());
    }

    private static String template() {
        try (InputStream in = BuiltInStudies.class.getResourceAsStream("demo.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("demo.yaml is part of the library", e);
        }
    }
}
