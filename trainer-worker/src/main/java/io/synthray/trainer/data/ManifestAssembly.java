package io.synthray.trainer.data;

import io.synthray.event.ManifestChunk;
import io.synthray.event.ManifestEntry;
import io.synthray.event.ManifestRef;
import io.synthray.schemas.id.ManifestDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Puts the chunks of one manifest together, whatever order they come in. Chunks of other digests are passed over. */
public final class ManifestAssembly {
    private final ManifestRef wanted;
    private final TreeMap<Integer, ManifestChunk> chunks = new TreeMap<>();

    /** @param wanted the manifest that the trial names */
    public ManifestAssembly(ManifestRef wanted) {
        this.wanted = wanted;
    }

    /** Takes a chunk of the image set. */
    public void add(ManifestChunk chunk) {
        if (chunk.getDigest().equals(wanted.getDigest())) {
            chunks.put(chunk.getChunk(), chunk);
        }
    }

    /** Whether every chunk is there. */
    public boolean complete() {
        return missing().isEmpty();
    }

    /** Numbers of the chunks that have not come yet. */
    public List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int chunk = 0; chunk < wanted.getChunks(); chunk++) {
            if (!chunks.containsKey(chunk)) {
                missing.add(chunk);
            }
        }
        return missing;
    }

    /**
     * The whole manifest by ascending index.
     *
     * @throws UnusableDataException when it is not what its digest says
     * @throws IllegalStateException when chunks are missing
     */
    public List<ManifestEntry> entries() {
        if (!complete()) {
            throw new IllegalStateException("chunks " + missing() + " are missing");
        }
        List<ManifestEntry> entries = chunks.values().stream()
                .flatMap(chunk -> chunk.getEntries().stream())
                .sorted(Comparator.comparingInt(ManifestEntry::getIndex))
                .toList();
        if (entries.size() != wanted.getImages()) {
            throw new UnusableDataException("manifest %s: expected %d images, found %d"
                    .formatted(wanted.getDigest(), wanted.getImages(), entries.size()));
        }
        String digest = digest(entries);
        if (!digest.equals(wanted.getDigest())) {
            throw new UnusableDataException(
                    "manifest: expected entries of digest %s, found those of %s".formatted(wanted.getDigest(), digest));
        }
        return entries;
    }

    private String digest(List<ManifestEntry> entries) {
        try {
            return ManifestDigest.of(entries);
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("manifest %s: %s".formatted(wanted.getDigest(), e.getMessage()), e);
        }
    }
}
