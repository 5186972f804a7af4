package io.synthray.evaluator.event;

import java.util.Arrays;

/**
 * Features of an image.
 *
 * @param embedder what made them
 * @param bytes little-endian 16-bit integers; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look at the contents.
public record Embedding(String embedder, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding
                && embedder.equals(embedding.embedder)
                && Arrays.equals(bytes, embedding.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * embedder.hashCode() + Arrays.hashCode(bytes);
    }
}
