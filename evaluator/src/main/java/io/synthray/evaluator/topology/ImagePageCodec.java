package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.codec.StoredImages;
import io.synthray.evaluator.event.StoredImage;
import io.synthray.evaluator.study.ImagePage;
import java.util.SortedMap;
import java.util.TreeMap;

/** Some 70 bytes an image: two hashes in binary; stores and labels are written once. */
final class ImagePageCodec implements Codec<ImagePage> {
    @Override
    public byte[] encode(ImagePage page) {
        ByteWriter out = new ByteWriter();
        page.images().forEach((index, image) -> {
            out.number(index);
            StoredImages.write(out, image);
        });
        return out.toBytes();
    }

    @Override
    public ImagePage decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        SortedMap<Integer, StoredImage> images = new TreeMap<>();
        while (in.hasMore()) {
            int index = in.integer();
            images.put(index, StoredImages.read(in));
        }
        return new ImagePage(images);
    }
}
