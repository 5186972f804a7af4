package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.FidelityHead;

/** Numbers as short as they are. */
final class FidelityHeadCodec implements Codec<FidelityHead> {
    @Override
    public byte[] encode(FidelityHead head) {
        ByteWriter out = new ByteWriter();
        out.text(head.embedder());
        out.octet((head.mixed() ? 1 : 0) | (head.complete() ? 2 : 0));
        out.number(head.count());
        out.number(head.published());
        out.number(head.dimension());
        for (long sum : head.sums()) {
            out.number(sum);
        }
        return out.toBytes();
    }

    @Override
    public FidelityHead decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        String embedder = in.text();
        int flags = in.octet();
        long count = in.number();
        long published = in.number();
        long[] sums = new long[in.integer()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.number();
        }
        return new FidelityHead(embedder, (flags & 1) != 0, sums.length, count, sums, published, (flags & 2) != 0);
    }
}
