package io.synthray.evaluator.codec;

import io.synthray.event.ReferenceChunk;
import io.synthray.event.Statistics;
import io.synthray.event.Study;
import io.synthray.event.Subgroups;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro events in Avro's single-object encoding (Avro specification, "Single-object encoding"), which names its schema by
 * fingerprint, so that bytes of another version fail loudly instead of being misread.
 *
 * @param <V> record class
 */
public final class AvroCodec<V extends SpecificRecord> implements Codec<V> {
    /** Plans. */
    public static final AvroCodec<Study> STUDY = new AvroCodec<>(Study.getEncoder(), Study.getDecoder());

    /** Chunks of references. */
    public static final AvroCodec<ReferenceChunk> REFERENCE =
            new AvroCodec<>(ReferenceChunk.getEncoder(), ReferenceChunk.getDecoder());

    /** Subgroups as last published. */
    public static final AvroCodec<Subgroups> SUBGROUPS =
            new AvroCodec<>(Subgroups.getEncoder(), Subgroups.getDecoder());

    /** Statistics as last published. */
    public static final AvroCodec<Statistics> STATISTICS =
            new AvroCodec<>(Statistics.getEncoder(), Statistics.getDecoder());

    private final BinaryMessageEncoder<V> encoder;
    private final BinaryMessageDecoder<V> decoder;

    private AvroCodec(BinaryMessageEncoder<V> encoder, BinaryMessageDecoder<V> decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    @Override
    public byte[] encode(V value) {
        try {
            var buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public V decode(byte[] bytes) {
        try {
            return decoder.decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
