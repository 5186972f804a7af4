package io.synthray.schemas.id;

import io.synthray.event.ManifestEntry;
import java.util.List;

/**
 * Identity of a frozen image set: SHA-256 over index, image hash, mask hash and labels of its entries. URIs are left out, so
 * that moving a store changes no digest.
 */
public final class ManifestDigest {
    private ManifestDigest() {}

    /**
     * 64 hex digits.
     *
     * @param entries the whole manifest by strictly ascending index
     * @throws IllegalArgumentException when the order is another
     */
    public static String of(List<ManifestEntry> entries) {
        Digest digest = new Digest().add(entries.size());
        int previous = -1;
        for (ManifestEntry entry : entries) {
            if (entry.getIndex() <= previous) {
                throw new IllegalArgumentException(
                        "index %d after %d: expected ascending indexes".formatted(entry.getIndex(), previous));
            }
            previous = entry.getIndex();
            digest.add(entry.getIndex()).add(entry.getSha256());
            digest.add(entry.getMaskSha256() == null ? "" : entry.getMaskSha256());
            digest.add(entry.getLabels().size());
            entry.getLabels().forEach(digest::add);
        }
        return digest.hex();
    }
}
