package io.synthray.trainer.data;

import io.synthray.event.ManifestEntry;
import io.synthray.event.Task;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.ObjectCorruptException;
import io.synthray.imaging.store.ObjectMissingException;
import io.synthray.imaging.store.StoreUnavailableException;
import io.synthray.schemas.id.ImageSetId;
import java.net.URI;
import java.util.List;

/** Reads the synthetic images of a trial from the store; every object's hash is checked. */
public final class SyntheticImages implements SyntheticSource {
    private final Manifests manifests;
    private final ImageStore store;

    /**
     * @param manifests where manifests are read
     * @param store where images and masks lie
     */
    public SyntheticImages(Manifests manifests, ImageStore store) {
        this.manifests = manifests;
        this.store = store;
    }

    /**
     * The trial's synthetic images by ascending index; none where the trial names no manifest.
     *
     * @throws UnusableDataException when manifest or objects are not what they should be
     * @throws UnavailableDataException when they cannot be read at present
     */
    @Override
    public List<Example> of(TrialRequest trial) {
        if (trial.getManifest() == null) {
            return List.of();
        }
        ImageSetId imageSet = new ImageSetId(
                trial.getStudy(), trial.getArm(), trial.getManifest().getImageSet());
        Targets targets = Targets.of(trial);
        int side = trial.getDataset().getImageSide();
        return manifests.read(imageSet, trial.getManifest()).stream()
                .map(entry -> example(entry, targets, side))
                .toList();
    }

    private Example example(ManifestEntry entry, Targets targets, int side) {
        String name = "synthetic image " + entry.getIndex();
        byte[] png = object(name, entry.getUri(), entry.getSha256());
        float[] image = decode(() -> Png.decode(png, name)).resize(side, side).toArray();
        if (targets.task() == Task.CLASSIFICATION) {
            return new Example(name, image, new float[0][], targets.labels(entry.getLabels()::contains));
        }
        if (entry.getMaskUri() == null || entry.getMaskSha256() == null) {
            throw new UnusableDataException(name + ": expected a mask for segmentation, found none");
        }
        byte[] maskPng = object("mask of " + name, entry.getMaskUri(), entry.getMaskSha256());
        Mask mask = decode(() -> BitSetPng.decode(maskPng, "mask of " + name)).resize(side, side);
        return new Example(name, image, targets.planes(mask, name), new float[0]);
    }

    private byte[] object(String name, String uri, String sha256) {
        try {
            return store.get(URI.create(uri), sha256);
        } catch (ObjectMissingException | ObjectCorruptException | IllegalArgumentException e) {
            throw new UnusableDataException(name + ": " + e.getMessage(), e);
        } catch (StoreUnavailableException e) {
            throw new UnavailableDataException(name + ": " + e.getMessage(), e);
        }
    }

    private interface Decoding<T> {
        T run();
    }

    private static <T> T decode(Decoding<T> decoding) {
        try {
            return decoding.run();
        } catch (ImageFormatException e) {
            throw new UnusableDataException(e.getMessage(), e);
        }
    }
}
