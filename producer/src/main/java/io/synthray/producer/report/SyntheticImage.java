package io.synthray.producer.report;

import io.synthray.event.ImageMade;
import io.synthray.event.ManifestEntry;

/**
 * Where a synthetic image lies.
 *
 * @param index 0..n-1 within its image set
 * @param uri where its PNG lies
 * @param sha256 SHA-256 of the PNG, 64 hex digits
 * @param maskUri where its conditioning mask lies; null for text only
 * @param maskSha256 SHA-256 of the mask's PNG; null for text only
 */
record SyntheticImage(int index, String uri, String sha256, String maskUri, String maskSha256) {
    static SyntheticImage of(ImageMade event) {
        return new SyntheticImage(
                event.getIndex(), event.getUri(), event.getSha256(), event.getMaskUri(), event.getMaskSha256());
    }

    static SyntheticImage of(ManifestEntry entry) {
        return new SyntheticImage(
                entry.getIndex(), entry.getUri(), entry.getSha256(), entry.getMaskUri(), entry.getMaskSha256());
    }
}
