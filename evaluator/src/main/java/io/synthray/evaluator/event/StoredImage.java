package io.synthray.evaluator.event;

import io.synthray.event.ManifestEntry;
import java.util.List;

/**
 * What a manifest says of an image.
 *
 * @param uri where the PNG lies
 * @param sha256 of the PNG's bytes, hex
 * @param maskUri where the conditioning mask lies; null: text only
 * @param maskSha256 of the mask's PNG bytes, hex; null: text only
 * @param labels classes that the image counts as positive for
 */
public record StoredImage(String uri, String sha256, String maskUri, String maskSha256, List<String> labels) {
    /** Copies the labels. */
    public StoredImage {
        labels = List.copyOf(labels);
    }

    /** The entry of the image in a manifest. */
    public ManifestEntry entry(int index) {
        return new ManifestEntry(index, uri, sha256, maskUri, maskSha256, labels);
    }
}
