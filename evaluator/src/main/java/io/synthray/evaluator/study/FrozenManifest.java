package io.synthray.evaluator.study;

import io.synthray.event.ManifestRef;

/**
 * Names a frozen image set.
 *
 * @param digest SHA-256 of the whole manifest, hex
 * @param images images in it, 1 or more
 * @param chunks records that it was written in, 1 or more
 */
public record FrozenManifest(String digest, int images, int chunks) {
    ManifestRef ref(String imageSet) {
        return new ManifestRef(imageSet, digest, images, chunks);
    }
}
