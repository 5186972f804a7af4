package io.synthray.trainer.data;

import io.synthray.event.ManifestEntry;
import io.synthray.event.Task;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.cache.CacheException;
import io.synthray.imaging.cache.TensorCache;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.store.ImageStore;
import io.synthray.schemas.id.ImageSetId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the synthetic images of a trial from the store, several at a time; every object's hash is checked. Where a directory is given they are read and decoded once
 * and kept there, so that the next trial of the same images, or the same trial gone on with, reads no object of them.
 */
public final class SyntheticImages implements SyntheticSource {
    private final Manifests manifests;
    private final ImageStore store;
    private final Optional<Path> cache;

    /**
     * @param manifests where manifests are read
     * @param store where images and masks lie
     * @param cache directory where decoded images are kept, if any
     */
    public SyntheticImages(Manifests manifests, ImageStore store, Optional<Path> cache) {
        this.manifests = manifests;
        this.store = store;
        this.cache = cache;
    }

    /**
     * The trial's synthetic images by ascending index; none where the trial names no manifest.
     *
     * @throws UnusableDataException when manifest or objects are not what they should be; of several objects the one of the lowest index is named
     * @throws UnavailableDataException when they cannot be read at present
     */
    @Override
    public List<Example> of(TrialRequest trial) {
        if (trial.getManifest() == null) {
            return List.of();
        }
        ImageSetId imageSet = new ImageSetId(
                trial.getStudy(), trial.getArm(), trial.getManifest().getImageSet());
        List<ManifestEntry> entries = manifests.read(imageSet, trial.getManifest());
        ManifestImages stored = new ManifestImages(entries, store);
        if (cache.isEmpty() || entries.isEmpty()) {
            return examples(trial, entries, stored);
        }
        try (TensorCache images =
                TensorCache.open(cache.get(), stored, trial.getDataset().getImageSide())) {
            return examples(trial, entries, images);
        } catch (CacheException e) {
            throw new UnavailableDataException("cache of decoded images: " + e.getMessage(), e);
        }
    }

    private static List<Example> examples(TrialRequest trial, List<ManifestEntry> entries, Dataset images) {
        Targets targets = Targets.of(trial);
        int side = trial.getDataset().getImageSide();
        return InOrder.map(entries, entry -> example(entry, images, targets, side));
    }

    private static Example example(ManifestEntry entry, Dataset images, Targets targets, int side) {
        String name = ManifestImages.name(entry);
        DatasetCase datasetCase = ManifestImages.datasetCase(entry);
        float[] image = images.image(datasetCase, side).toArray();
        return targets.task() == Task.CLASSIFICATION
                ? new Example(name, image, new float[0][], targets.labels(entry.getLabels()::contains))
                : new Example(name, image, targets.planes(images.mask(datasetCase, side), name), new float[0]);
    }
}
