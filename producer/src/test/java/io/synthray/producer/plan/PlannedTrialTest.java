package io.synthray.producer.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomFolder;
import io.synthray.producer.fixture.SampleStudy;
import io.synthray.producer.study.InvalidStudyException;
import io.synthray.producer.study.StudyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedTrialTest {
    @TempDir
    Path directory;

    @Test
    void theArmsOfARepeatPair() {
        TrialRequest plain = trial("real-only", 2);
        TrialRequest augmented = trial("real+augmentation", 2);
        assertEquals("sample/real-only/2", plain.getTrial());
        assertEquals(new Planner().plan(sample()).hash(), plain.getPlanHash());
        assertNull(plain.getManifest());
        assertNull(plain.getAugmentation());
        assertEquals(15, augmented.getAugmentation().getRotation());
        assertEquals(plain.getSubset(), augmented.getSubset());
        assertEquals(plain.getInitialisationSeed(), augmented.getInitialisationSeed());
        assertEquals(plain.getOrderSeed(), augmented.getOrderSeed());
        assertNotEquals(plain.getOrderSeed(), trial("real-only", 1).getOrderSeed());
    }

    @Test
    void aFolderTakesTheManifestsPlace() throws IOException {
        new PhantomFolder(new Phantom(5), 64).write(directory, 3, 1);
        TrialRequest trial = PlannedTrial.of(sample(), Optional.of("real+synthetic"), 1, Optional.of(directory));
        assertEquals(3, trial.getManifest().getImages());
        assertEquals(
                FolderDataset.open(directory).fingerprint(), trial.getManifest().getDigest());
    }

    @Test
    void whatTheFileLacksIsSaidWithItsPlace() {
        assertEquals(
                "sample.yaml:12:3: arms: expected --arm with one of real-only, real+augmentation, real+synthetic, shared, found none",
                fault(Optional.empty(), 1, Optional.empty()));
        assertEquals(
                "sample.yaml:9:10: repeats: expected a repeat from 1 to 3, found 4",
                fault(Optional.of("real-only"), 4, Optional.empty()));
        assertEquals(
                "sample.yaml:16:16: arms[2].synthetic: expected a folder of synthetic images, --synthetic DIR, found none",
                fault(Optional.of("real+synthetic"), 1, Optional.empty()));
        assertEquals(
                "sample.yaml:12:5: arms[0]: expected an arm with synthetic images for those in %s, found one without"
                        .formatted(directory),
                fault(Optional.of("real-only"), 1, Optional.of(directory)));
    }

    private static String fault(Optional<String> arm, int repeat, Optional<Path> synthetic) {
        return assertThrows(InvalidStudyException.class, () -> PlannedTrial.of(sample(), arm, repeat, synthetic))
                .getMessage();
    }

    private static TrialRequest trial(String arm, int repeat) {
        return PlannedTrial.of(sample(), Optional.of(arm), repeat, Optional.empty());
    }

    private static StudyFile sample() {
        return StudyFile.parse(SampleStudy.YAML, "sample.yaml", Path.of("").toAbsolutePath());
    }
}
