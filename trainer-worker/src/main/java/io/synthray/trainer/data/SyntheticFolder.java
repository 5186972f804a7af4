package io.synthray.trainer.data;

import io.synthray.event.Task;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Synthetic images in a folder of images, masks and an index, of which the train cases count; the folder's fingerprint stands for the manifest's digest. */
public final class SyntheticFolder implements SyntheticSource {
    private final Path folder;

    /** @param folder in the layout of {@link FolderDataset} */
    public SyntheticFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Example> of(TrialRequest trial) {
        if (trial.getManifest() == null) {
            return List.of();
        }
        try {
            FolderDataset images = FolderDataset.open(folder);
            if (!images.fingerprint().equals(trial.getManifest().getDigest())) {
                throw new UnusableDataException("synthetic images: expected fingerprint %s, found %s in %s"
                        .formatted(trial.getManifest().getDigest(), images.fingerprint(), folder));
            }
            List<Example> examples = new ArrayList<>();
            for (DatasetCase each : images.cases(Split.TRAIN)) {
                examples.add(example(
                        images,
                        each,
                        "synthetic image " + examples.size(),
                        Targets.of(trial),
                        trial.getDataset().getImageSide()));
            }
            return examples;
        } catch (DatasetException e) {
            throw new UnusableDataException(
                    "synthetic images: " + e.getMessage().replace('\n', ';'), e);
        }
    }

    private static Example example(FolderDataset images, DatasetCase each, String name, Targets targets, int side) {
        float[] image = images.image(each, side).toArray();
        return targets.task() == Task.CLASSIFICATION
                ? new Example(name, image, new float[0][], targets.labels(each.labels()::get))
                : new Example(name, image, targets.planes(images.mask(each, side), name), new float[0]);
    }
}
