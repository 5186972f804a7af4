package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.study.ImageChunk;
import io.synthray.evaluator.study.Pending;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bit an image; an unanswered request takes some five bytes, since neighbours lie near each other. */
final class ImageChunkCodec implements Codec<ImageChunk> {
    @Override
    public byte[] encode(ImageChunk chunk) {
        ByteWriter out = new ByteWriter();
        out.block(chunk.made().toByteArray());
        out.block(chunk.failed().toByteArray());
        out.block(chunk.skipped().toByteArray());
        long offset = 0;
        int place = 0;
        for (Map.Entry<Integer, Pending> open : chunk.open().entrySet()) {
            Position at = open.getValue().at();
            out.number(open.getKey() - place);
            out.number(open.getValue().rounds());
            out.number(at == null ? -1 : at.partition());
            if (at != null) {
                out.number(at.offset() - offset);
                offset = at.offset();
            }
            place = open.getKey();
        }
        return out.toBytes();
    }

    @Override
    public ImageChunk decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        BitSet made = BitSet.valueOf(in.block());
        BitSet failed = BitSet.valueOf(in.block());
        BitSet skipped = BitSet.valueOf(in.block());
        SortedMap<Integer, Pending> open = new TreeMap<>();
        long offset = 0;
        int place = 0;
        while (in.hasMore()) {
            place += in.integer();
            int rounds = in.integer();
            int partition = in.integer();
            if (partition >= 0) {
                offset += in.number();
            }
            open.put(place, new Pending(partition < 0 ? null : new Position(partition, offset), rounds));
        }
        return new ImageChunk(made, failed, skipped, open);
    }
}
