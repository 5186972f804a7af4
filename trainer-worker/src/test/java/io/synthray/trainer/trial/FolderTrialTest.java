package io.synthray.trainer.trial;

import static io.synthray.trainer.trial.Outcomes.completed;
import static io.synthray.trainer.trial.Outcomes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Augmentation;
import io.synthray.event.Network;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of images in files: what they are when the trial reads them, and when it reads them. */
class FolderTrialTest {
    private static final int TRAIN = 6;
    private static final int TEST = 3;

    private final TrialRunner runner = Outcomes.runner(Checkpoints.none(), List.of());

    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = phantoms("images", 64);
    }

    private Path phantoms(String name, int side) throws IOException {
        Path written = directory.resolve(name);
        new PhantomFolder(new Phantom(5), side).write(written, TRAIN, TEST);
        return written;
    }

    private List<DatasetCase> cases(Split split) {
        return FolderDataset.open(folder).cases(split);
    }

    private static void copy(Path from, Path to, String kind, DatasetCase which) throws IOException {
        String file = kind + "/" + which.id() + ".png";
        Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private TrialRequest trial() {
        return TrialRequest.newBuilder(Trials.folder("s", 1, folder, TRAIN, 4, List.of("left-lung", "heart")))
                .setTraining(new Training(4, 3, 0.01, 0.0, 4))
                .setNetwork(new Network("unet", 4, 2, null))
                .build();
    }

    @Test
    void imagesOfMixedSizesAreResized() throws IOException {
        String alike = completed(runner, trial()).provenance().getTrainImagesDigest();
        Path larger = phantoms("larger", 96);
        for (DatasetCase which : cases(Split.TRAIN).subList(0, 3)) {
            copy(larger, folder, "images", which);
            copy(larger, folder, "masks", which);
        }
        TrialOutcome.Completed mixed = completed(runner, trial());
        assertEquals(2 * TEST, mixed.scores().cases().size());
        assertNotEquals(alike, mixed.provenance().getTrainImagesDigest());
    }

    @Test
    void aMaskOfAnotherSizeThanItsImageFailsTheTrialAndNamesTheCase() throws IOException {
        DatasetCase which = cases(Split.TRAIN).get(1);
        copy(phantoms("larger", 96), folder, "masks", which);
        String cause = failure(runner, trial());
        assertTrue(cause.contains("expected the size of the image, 64 x 64, found 96 x 96"), cause);
        assertTrue(cause.contains(which.key()), cause);
        assertTrue(!cause.contains(which.id()), cause);
    }

    /** Until the last step is done the files of the test split hold no image. */
    @Test
    void theTestSplitIsReadWhenTheTrainingIsOver() throws IOException {
        TrialRequest trial = trial();
        TrialOutcome.Completed expected = completed(runner, trial);
        Path whole = phantoms("whole", 64);
        List<DatasetCase> test = cases(Split.TEST);
        for (DatasetCase each : test) {
            for (String kind : List.of("images", "masks")) {
                Files.writeString(folder.resolve(kind + "/" + each.id() + ".png"), "no image yet");
            }
        }
        assertTrue(failure(runner, trial).startsWith("data set: "));
        TrialOutcome.Completed found = completed(runner.run(trial, new TrialObserver() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void trained(Supplier<byte[]> state) {
                try {
                    for (DatasetCase each : test) {
                        copy(whole, folder, "images", each);
                        copy(whole, folder, "masks", each);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean stopped() {
                return false;
            }
        }));
        assertEquals(expected.scores(), found.scores());
    }

    /** Deformation is for training: the images that are tested are those of the files. */
    @Test
    void elasticDeformationChangesTheTrainingAlone() {
        TrialOutcome.Completed plain = completed(runner, trial());
        TrialOutcome.Completed deformed = completed(
                runner,
                TrialRequest.newBuilder(trial())
                        .setAugmentation(Augmentation.newBuilder()
                                .setElasticAlpha(40)
                                .setElasticSigma(4)
                                .build())
                        .build());
        assertNotEquals(plain.scores().cases(), deformed.scores().cases());
        assertEquals(
                plain.provenance().getTestImagesDigest(), deformed.provenance().getTestImagesDigest());
        assertEquals(
                plain.provenance().getTrainImagesDigest(), deformed.provenance().getTrainImagesDigest());
    }
}
