package io.synthray.trainer.trial;

import io.synthray.imaging.digest.Sha256;
import io.synthray.trainer.data.Example;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SHA-256 of images as they are trained on or tested: names, pixels, masks and labels in their order. Fingerprints of data sets speak of what a directory
 * lists; this one changes with a pixel.
 */
final class ImagesDigest {
    private ImagesDigest() {}

    /** The digest, in hex, of the digests of the examples. */
    static String of(Stream<Example> examples) {
        return Sha256.hex(examples.map(ImagesDigest::of).collect(Collectors.joining()));
    }

    /** Of everything with its length in front, so that no two examples share their bytes. */
    private static String of(Example example) {
        List<float[]> parts = new ArrayList<>();
        parts.add(example.image());
        parts.addAll(List.of(example.planes()));
        parts.add(example.labels());
        byte[] name = example.name().getBytes(StandardCharsets.UTF_8);
        int values = parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + parts.size()) + name.length + Float.BYTES * values);
        bytes.putInt(name.length).put(name);
        for (float[] part : parts) {
            bytes.putInt(part.length);
            bytes.asFloatBuffer().put(part);
            bytes.position(bytes.position() + Float.BYTES * part.length);
        }
        return Sha256.hex(bytes.array());
    }
}
