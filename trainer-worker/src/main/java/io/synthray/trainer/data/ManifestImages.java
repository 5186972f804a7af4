package io.synthray.trainer.data;

import io.synthray.event.ManifestEntry;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.ObjectCorruptException;
import io.synthray.imaging.store.ObjectMissingException;
import io.synthray.imaging.store.StoreUnavailableException;
import io.synthray.schemas.id.ManifestDigest;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The images of a manifest as a data set, so that a cache of decoded images can take them. Every object's hash is checked when it is read. The fingerprint rests on
 * the hashes of all objects, so that what was decoded of one manifest is never taken for another's, wherever the store lies.
 */
final class ManifestImages implements Dataset {
    private final Map<String, ManifestEntry> entries = new LinkedHashMap<>();
    private final ImageStore store;

    /**
     * @param entries by ascending index
     * @param store where images and masks lie
     */
    ManifestImages(List<ManifestEntry> entries, ImageStore store) {
        entries.forEach(entry -> this.entries.put(id(entry), entry));
        this.store = store;
    }

    /** The case of an entry. */
    static DatasetCase datasetCase(ManifestEntry entry) {
        return new DatasetCase(id(entry), null, Split.TRAIN, Map.of(), "");
    }

    private static String id(ManifestEntry entry) {
        return Integer.toString(entry.getIndex());
    }

    /** What errors call an image. */
    static String name(ManifestEntry entry) {
        return "synthetic image " + entry.getIndex();
    }

    @Override
    public List<DatasetCase> cases() {
        return entries.values().stream()
                .map(ManifestImages::datasetCase)
                .sorted(Comparator.comparing(DatasetCase::key))
                .toList();
    }

    @Override
    public List<String> labels() {
        return List.of();
    }

    @Override
    public List<String> structures() {
        return Structures.DRAWN;
    }

    /**
     * @throws UnusableDataException when the object is missing, another one, or no image
     * @throws UnavailableDataException when it cannot be read at present
     */
    @Override
    public GreyImage image(DatasetCase datasetCase, int side) {
        ManifestEntry entry = entries.get(datasetCase.id());
        byte[] png = object(name(entry), entry.getUri(), entry.getSha256());
        return decoded(() -> Png.decode(png, name(entry))).resize(side, side);
    }

    /**
     * @throws UnusableDataException when there is none, or the object is missing, another one, or no mask
     * @throws UnavailableDataException when it cannot be read at present
     */
    @Override
    public Mask mask(DatasetCase datasetCase, int side) {
        ManifestEntry entry = entries.get(datasetCase.id());
        if (entry.getMaskUri() == null || entry.getMaskSha256() == null) {
            throw new UnusableDataException(name(entry) + ": expected a mask for segmentation, found none");
        }
        String name = "mask of " + name(entry);
        byte[] png = object(name, entry.getMaskUri(), entry.getMaskSha256());
        return decoded(() -> BitSetPng.decode(png, name)).resize(side, side);
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

    private static <T> T decoded(Supplier<T> decoding) {
        try {
            return decoding.get();
        } catch (ImageFormatException e) {
            throw new UnusableDataException(e.getMessage(), e);
        }
    }

    /** Objects are checked one by one when they are read. */
    @Override
    public List<DatasetProblem> check() {
        return List.of();
    }

    @Override
    public String fingerprint() {
        return Sha256.hex("synthray-manifest 1\n" + ManifestDigest.of(List.copyOf(entries.values())) + "\n");
    }
}
