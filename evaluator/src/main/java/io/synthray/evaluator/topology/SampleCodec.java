package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.SampledImage;
import io.synthray.fidelity.Quantisation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Images of a sample with their features. */
final class SampleCodec implements Codec<List<SampledImage>> {
    @Override
    public byte[] encode(List<SampledImage> images) {
        ByteWriter out = new ByteWriter();
        for (SampledImage image : images) {
            out.number(image.hash());
            out.number(image.index());
            out.block(Quantisation.bytes(image.features()));
        }
        return out.toBytes();
    }

    @Override
    public List<SampledImage> decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        List<SampledImage> images = new ArrayList<>();
        while (in.hasMore()) {
            images.add(new SampledImage(in.number(), in.integer(), Quantisation.steps(ByteBuffer.wrap(in.block()))));
        }
        return images;
    }
}
