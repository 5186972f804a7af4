package io.synthray.evaluator.event;

import io.synthray.event.ManifestEntry;
import java.util.List;

/**
 * What a manifest says of an image.
 *
 * @param image the PNG
 * @param mask the conditioning mask's PNG; null: text only
 * @param labels classes that the image counts as positive for
 */
public record StoredImage(StoredFile image, StoredFile mask, List<String> labels) {
    /** Copies the labels. */
    public StoredImage {
        labels = List.copyOf(labels);
    }

    /** The entry of the image in a manifest. */
    public ManifestEntry entry(int index) {
        return new ManifestEntry(
                index,
                image.uri(),
                image.digest().toString(),
                mask == null ? null : mask.uri(),
                mask == null ? null : mask.digest().toString(),
                labels);
    }
}
