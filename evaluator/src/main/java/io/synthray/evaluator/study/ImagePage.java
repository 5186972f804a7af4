package io.synthray.evaluator.study;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.StoredImages;
import io.synthray.evaluator.event.StoredImage;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Canonical images of {@value #INDEXES} neighbouring requests, kept until their image set is frozen: a manifest names each by its hash,
 * and image events do not stay for ever. They are kept as bytes, some 70 an image (two hashes in binary; stores and labels once), since they are written
 * often and read once. A page changes in place, as {@link ImageChunk} does.
 */
public final class ImagePage {
    /** Requests of a page: it is written again for each commit that adds to it, and as soon as it is full. */
    public static final int INDEXES = 64;

    private final ByteWriter images = new ByteWriter();
    private int size;

    ImagePage() {}

    /** As it was kept. */
    public static ImagePage of(byte[] bytes) {
        ImagePage page = new ImagePage();
        read(bytes).forEach(page::add);
        return page;
    }

    /** Adds the canonical image of an index that has none. */
    void add(int index, StoredImage image) {
        images.number(index);
        StoredImages.write(images, image);
        size++;
    }

    /** Whether every index has its image. */
    boolean isFull() {
        return size == INDEXES;
    }

    /** The images by index. */
    SortedMap<Integer, StoredImage> images() {
        return read(images.toBytes());
    }

    /** What {@link #of} reads. */
    public byte[] toBytes() {
        return images.toBytes();
    }

    private static SortedMap<Integer, StoredImage> read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        SortedMap<Integer, StoredImage> images = new TreeMap<>();
        while (in.hasMore()) {
            int index = in.integer();
            images.put(index, StoredImages.read(in));
        }
        return images;
    }
}
