package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.Codec;
import java.nio.ByteBuffer;

/** Eight bytes a number. */
final class LongsCodec implements Codec<long[]> {
    @Override
    public byte[] encode(long[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length);
        bytes.asLongBuffer().put(numbers);
        return bytes.array();
    }

    @Override
    public long[] decode(byte[] bytes) {
        long[] numbers = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
        return numbers;
    }
}
