package io.synthray.producer.references;

import io.synthray.event.ReferenceChunk;
import io.synthray.event.ReferenceEmbedding;
import io.synthray.event.ReferenceSide;
import java.util.ArrayList;
import java.util.List;

/** Cuts one side's features into records of at most 256 KiB. */
final class ReferenceChunks {
    private static final int LIMIT = 256 * 1024;

    /** Bytes of a case's id with lengths in front. */
    private static final int OVERHEAD = 24;

    private ReferenceChunks() {}

    static List<ReferenceChunk> of(
            String study, ReferenceSide side, String embedder, int dimension, List<ReferenceEmbedding> entries) {
        int size = (LIMIT - 1024) / (Short.BYTES * dimension + OVERHEAD);
        int count = (entries.size() + size - 1) / size;
        List<ReferenceChunk> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < count; chunk++) {
            chunks.add(ReferenceChunk.newBuilder()
                    .setStudy(study)
                    .setSide(side)
                    .setChunk(chunk)
                    .setChunks(count)
                    .setImages(entries.size())
                    .setEmbedder(embedder)
                    .setDimension(dimension)
                    .setEntries(
                            List.copyOf(entries.subList(chunk * size, Math.min((chunk + 1) * size, entries.size()))))
                    .build());
        }
        return chunks;
    }
}
