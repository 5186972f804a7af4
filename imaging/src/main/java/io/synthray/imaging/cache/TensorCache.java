package io.synthray.imaging.cache;

import io.synthray.imaging.dataset.Audit;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A data set whose images and masks at one size are read from a memory-mapped cache once they have been decoded. What comes out is equal, bit for bit,
 * to what the data set itself gives. The cache's file is named by a hash of the data set's listing and the size; every entry carries a stamp of the
 * files that it was made of, so that a changed file is decoded anew. Several threads and processes may use one cache at a time; anybody may delete
 * the directory while none does.
 */
public final class TensorCache implements Dataset, AutoCloseable {

    private final Dataset dataset;
    private final int side;
    private final SlotFile images;
    private final Optional<SlotFile> masks;
    private final Map<String, Integer> slots = new HashMap<>();

    private TensorCache(Dataset dataset, int side, SlotFile images, Optional<SlotFile> masks) {
        this.dataset = dataset;
        this.side = side;
        this.images = images;
        this.masks = masks;
        dataset.cases().forEach(c -> slots.put(c.id(), slots.size()));
    }

    /**
     * Opens the cache of a data set, or makes it. It takes room as it is filled: {@code 4 * side * side} bytes an image, and an eighth of a byte a
     * pixel and structure.
     *
     * @param directory where caches are kept, made if it is not there
     * @param dataset what is cached
     * @param side pixels along each side at which images and masks are kept
     * @throws CacheException if the directory cannot be used
     */
    public static TensorCache open(Path directory, Dataset dataset, int side) {
        String key = Sha256.hex("synthray-tensors 1\n" + dataset.fingerprint() + "\n" + side + "\n");
        int cases = dataset.cases().size();
        int structures = dataset.structures().size();
        SlotFile images = SlotFile.open(directory.resolve(key + ".images"), cases, side * side * Float.BYTES);
        Optional<SlotFile> masks = structures == 0
                ? Optional.empty()
                : Optional.of(SlotFile.open(
                        directory.resolve(key + ".masks"), cases, structures * (1 + bytesPerPlane(side))));
        return new TensorCache(dataset, side, images, masks);
    }

    private static int bytesPerPlane(int side) {
        return (side * side + 7) / 8;
    }

    @Override
    public GreyImage image(DatasetCase datasetCase, int wanted) {
        Integer slot = slots.get(datasetCase.id());
        if (wanted != side || slot == null) {
            return dataset.image(datasetCase, wanted);
        }
        long stamp = dataset.stamp(datasetCase);
        Optional<ByteBuffer> kept = images.read(slot, stamp);
        if (kept.isPresent()) {
            float[] pixels = new float[side * side];
            kept.get().asFloatBuffer().get(pixels);
            return GreyImage.taking(side, side, pixels);
        }
        GreyImage image = dataset.image(datasetCase, side);
        ByteBuffer bytes = ByteBuffer.allocate(side * side * Float.BYTES);
        bytes.asFloatBuffer().put(image.toArray());
        images.write(slot, stamp, bytes.array());
        return image;
    }

    @Override
    public Mask mask(DatasetCase datasetCase, int wanted) {
        Integer slot = slots.get(datasetCase.id());
        if (wanted != side || slot == null || masks.isEmpty()) {
            return dataset.mask(datasetCase, wanted);
        }
        long stamp = dataset.stamp(datasetCase);
        Optional<ByteBuffer> kept = masks.get().read(slot, stamp);
        if (kept.isPresent()) {
            return decoded(kept.get());
        }
        Mask mask = dataset.mask(datasetCase, side);
        masks.get().write(slot, stamp, encoded(mask));
        return mask;
    }

    /** For each structure a byte that says whether it is specified, then its plane. */
    private byte[] encoded(Mask mask) {
        ByteBuffer bytes = ByteBuffer.allocate(dataset.structures().size() * (1 + bytesPerPlane(side)));
        int at = 0;
        for (String structure : dataset.structures()) {
            Optional<Plane> plane = mask.plane(structure);
            bytes.put(at, (byte) (plane.isPresent() ? 1 : 0));
            if (plane.isPresent()) {
                bytes.put(at + 1, plane.get().toPackedBits());
            }
            at += 1 + bytesPerPlane(side);
        }
        return bytes.array();
    }

    private Mask decoded(ByteBuffer bytes) {
        Map<String, Plane> planes = new TreeMap<>();
        int at = 0;
        for (String structure : dataset.structures()) {
            if (bytes.get(at) == 1) {
                byte[] bits = new byte[bytesPerPlane(side)];
                bytes.get(at + 1, bits);
                planes.put(structure, Plane.ofPackedBits(side, side, bits));
            }
            at += 1 + bytesPerPlane(side);
        }
        return Mask.of(side, side, planes);
    }

    @Override
    public List<DatasetCase> cases() {
        return dataset.cases();
    }

    @Override
    public List<String> labels() {
        return dataset.labels();
    }

    @Override
    public List<String> structures() {
        return dataset.structures();
    }

    @Override
    public Grouping grouping() {
        return dataset.grouping();
    }

    @Override
    public List<String> warnings() {
        return dataset.warnings();
    }

    @Override
    public List<Box> boxes(DatasetCase datasetCase) {
        return dataset.boxes(datasetCase);
    }

    @Override
    public List<DatasetProblem> check() {
        return dataset.check();
    }

    @Override
    public Audit audit() {
        return dataset.audit();
    }

    @Override
    public long stamp(DatasetCase datasetCase) {
        return dataset.stamp(datasetCase);
    }

    @Override
    public String fingerprint() {
        return dataset.fingerprint();
    }

    @Override
    public void close() {
        images.close();
        masks.ifPresent(SlotFile::close);
    }
}
