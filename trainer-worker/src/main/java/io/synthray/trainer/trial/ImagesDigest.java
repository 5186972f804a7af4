package io.synthray.trainer.trial;

import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TestCase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * SHA-256 of images as they are trained on or tested: names, pixels, masks and labels in their order. Fingerprints of data sets speak of what a directory
 * lists; this one changes with a pixel.
 */
final class ImagesDigest {
    private ImagesDigest() {}

    /** The digest, in hex, of lists that follow one another. */
    static String of(Stream<List<Example>> lists) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        lists.forEach(list -> list.forEach(example -> add(digest, example)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What test cases are of. */
    static List<Example> examples(List<TestCase> cases) {
        return cases.stream().map(TestCase::example).toList();
    }

    private static void add(MessageDigest digest, Example example) {
        byte[] name = example.name().getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
        digest.update(name);
        add(digest, example.image());
        for (float[] plane : example.planes()) {
            add(digest, plane);
        }
        add(digest, example.labels());
    }

    private static void add(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + values.length * Float.BYTES);
        bytes.putInt(values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes.array());
    }
}
