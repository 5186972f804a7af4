package io.synthray.generator.request;

import io.synthray.fidelity.Quantisation;
import io.synthray.inference.embedder.Embedding;
import java.nio.ByteBuffer;

/**
 * An image's embedding as its event carries it, quantised as real images' embeddings are.
 *
 * @param bytes two for each number
 * @param embedder {@code name@version:SHA-256 of its weights}
 */
record Features(ByteBuffer bytes, String embedder) {
    /** @throws IllegalArgumentException if a number is not finite */
    static Features of(Embedding embedding) {
        byte[] bytes = Quantisation.bytes(Quantisation.quantise(embedding.values()));
        return new Features(ByteBuffer.wrap(bytes), embedding.embedder());
    }
}
