package io.synthray.generator.request;

import io.synthray.inference.embedder.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An image's embedding as its event carries it: little-endian signed 16-bit integers q = round(4096 value), clipped, so that sums
 * over them are exact whatever their order.
 *
 * @param bytes two for each number
 * @param embedder {@code name@version:SHA-256 of its weights}
 */
record Features(ByteBuffer bytes, String embedder) {
    private static final double UNITS = 4096;

    static Features of(Embedding embedding) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Short.BYTES * embedding.values().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : embedding.values()) {
            long units = Math.round(UNITS * value);
            bytes.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, units)));
        }
        String embedder =
                "%s@%s:%s".formatted(embedding.model().name(), embedding.model().version(), embedding.weightsSha256());
        return new Features(bytes.flip(), embedder);
    }
}
