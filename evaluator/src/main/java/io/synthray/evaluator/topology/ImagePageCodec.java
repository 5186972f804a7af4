package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.ImagePage;

/** The bytes that a page consists of. */
final class ImagePageCodec implements Codec<ImagePage> {
    @Override
    public byte[] encode(ImagePage page) {
        return page.toBytes();
    }

    @Override
    public ImagePage decode(byte[] bytes) {
        return ImagePage.of(bytes);
    }
}
