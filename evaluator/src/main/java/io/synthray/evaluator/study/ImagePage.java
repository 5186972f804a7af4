package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StoredImage;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Canonical images of {@value #INDEXES} neighbouring requests, kept until their image set is frozen: a manifest names each by its hash,
 * and image events do not stay for ever. It changes in place, as {@link ImageChunk} does.
 *
 * @param images by index
 */
public record ImagePage(SortedMap<Integer, StoredImage> images) {
    /** Requests of a page: it is written again for each commit that adds to it. */
    public static final int INDEXES = 64;

    ImagePage() {
        this(new TreeMap<>());
    }
}
