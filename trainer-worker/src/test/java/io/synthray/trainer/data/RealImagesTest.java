package io.synthray.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Dataset;
import io.synthray.event.RealSubset;
import io.synthray.event.Recipe;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.trial.Trials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealImagesTest {
    private final TrialRequest trial = Trials.phantoms("s", 1, 4, 6, 10);

    @Test
    void readsTheSubsetAndTheTestSplit() {
        RealImages images = RealImages.of(trial, Optional.empty());
        assertEquals(4, images.train().size());
        assertEquals(64 * 64, images.train().get(0).image().length);
        assertEquals(3, images.train().get(0).planes().length);
        List<String> keys = images.test().stream().map(TestCase::key).toList();
        assertEquals(6, keys.size());
        assertEquals(keys.stream().sorted().toList(), keys);
    }

    @Test
    void validationCasesAreOfTheSubset(@TempDir Path cache) {
        TrialRequest validated = TrialRequest.newBuilder(trial)
                .setRecipe(Recipe.newBuilder().setValidation(1).build())
                .build();
        RealImages plain = RealImages.of(trial, Optional.empty());
        try (RealImages images = RealImages.of(validated, Optional.of(cache))) {
            assertEquals(3, images.train().size());
            assertEquals(1, images.validation().size());
            // Decoded before, now from the cache.
            assertArrayEquals(
                    images.train().get(0).image(), images.train().get(0).image());
            assertArrayEquals(
                    plain.train().get(0).image(), images.train().get(0).image());
            assertArrayEquals(
                    plain.train().get(0).planes()[2], images.train().get(0).planes()[2]);
        }
        TrialRequest tooMany = TrialRequest.newBuilder(trial)
                .setRecipe(Recipe.newBuilder().setValidation(4).build())
                .build();
        assertEquals("validation images: expected 0 to 3 validation cases, found 4", message(tooMany));
    }

    @Test
    void testLimitTakesTheFirstByKey() {
        List<String> all = RealImages.of(trial, Optional.empty()).test().stream()
                .map(TestCase::key)
                .toList();
        TrialRequest limited = with(Dataset.newBuilder(trial.getDataset()).setTestLimit(2));
        assertEquals(
                all.subList(0, 2),
                RealImages.of(limited, Optional.empty()).test().stream()
                        .map(TestCase::key)
                        .toList());
    }

    @Test
    void readsLabelsForClassification() {
        TrialRequest findings = Trials.phantomFindings("s", 12, 4, 10);
        List<Example> train = RealImages.of(findings, Optional.empty()).train();
        assertEquals(0, train.get(0).planes().length);
        for (int label = 0; label < 2; label++) {
            int at = label;
            assertTrue(train.stream().anyMatch(example -> example.labels()[at] == 1));
            assertTrue(train.stream().anyMatch(example -> example.labels()[at] == 0));
        }
    }

    @Test
    void refusesAnotherDataSet() {
        TrialRequest other = with(Dataset.newBuilder(trial.getDataset()).setFingerprint("0".repeat(64)));
        assertEquals(
                "data set's fingerprint: expected " + "0".repeat(64) + ", found "
                        + trial.getDataset().getFingerprint(),
                message(other));
    }

    @Test
    void refusesAnotherSubset() {
        RealSubset subset = RealSubset.newBuilder(trial.getSubset())
                .setSeed(trial.getSubset().getSeed() + 1)
                .build();
        String message =
                message(TrialRequest.newBuilder(trial).setSubset(subset).build());
        assertTrue(
                message.startsWith(
                        "real subset's digest: expected " + trial.getSubset().getDigest() + ", found "),
                message);
    }

    @Test
    void refusesATargetThatTheDataSetLacks() {
        TrialRequest other =
                TrialRequest.newBuilder(trial).setTargets(List.of("spleen")).build();
        assertEquals(
                "target: expected one of [left-lung, right-lung, heart, left-clavicle, right-clavicle, pneumothorax, rib-fracture,"
                        + " chest-tube], found 'spleen'",
                message(other));
    }

    @Test
    void refusesAKindThatItDoesNotKnow() {
        assertEquals(
                "data set's kind: expected phantom or one of [folder, chexpert, candid-ptx, siim-acr, rsna-pneumonia, jsrt, medmnist, table],"
                        + " found 'dicom'",
                message(with(Dataset.newBuilder(trial.getDataset()).setKind("dicom"))));
    }

    @Test
    void refusesAFolderThatIsNotThere(@TempDir Path directory) {
        Path missing = directory.resolve("gone");
        String message = message(
                with(Dataset.newBuilder(trial.getDataset()).setKind("folder").setPath(missing.toString())));
        assertTrue(message.startsWith("data set: "), message);
        assertTrue(message.contains("expected a directory with index.csv"), message);
    }

    private TrialRequest with(Dataset.Builder dataset) {
        return TrialRequest.newBuilder(trial).setDataset(dataset.build()).build();
    }

    private static String message(TrialRequest trial) {
        return assertThrows(UnusableDataException.class, () -> RealImages.of(trial, Optional.empty()))
                .getMessage();
    }
}
