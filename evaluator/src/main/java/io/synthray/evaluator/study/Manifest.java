package io.synthray.evaluator.study;

import io.synthray.event.ManifestChunk;
import io.synthray.event.ManifestEntry;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.ManifestDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A frozen image set, cut into records of at most {@value #ENTRIES_A_CHUNK} entries (some 0.3 MB, well below a broker's 1 MiB).
 *
 * @param id study, arm and image set
 * @param name its digest and size
 * @param entries canonical images by ascending index
 */
record Manifest(ImageSetId id, FrozenManifest name, List<ManifestEntry> entries) {
    static final int ENTRIES_A_CHUNK = 500;

    /** Of canonical images by ascending index, 1 or more. */
    static Manifest of(ImageSetId id, List<ManifestEntry> entries) {
        int chunks = (entries.size() + ENTRIES_A_CHUNK - 1) / ENTRIES_A_CHUNK;
        return new Manifest(id, new FrozenManifest(ManifestDigest.of(entries), entries.size(), chunks), entries);
    }

    List<ManifestChunk> chunks() {
        List<ManifestChunk> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < name.chunks(); chunk++) {
            int from = chunk * ENTRIES_A_CHUNK;
            chunks.add(ManifestChunk.newBuilder()
                    .setStudy(id.study())
                    .setArm(id.arm())
                    .setImageSet(id.imageSet())
                    .setChunk(chunk)
                    .setChunks(name.chunks())
                    .setImages(name.images())
                    .setDigest(name.digest())
                    .setEntries(entries.subList(from, Math.min(from + ENTRIES_A_CHUNK, entries.size())))
                    .build());
        }
        return chunks;
    }
}
