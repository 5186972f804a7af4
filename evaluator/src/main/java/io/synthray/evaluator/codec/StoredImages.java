package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.StoredImage;
import java.util.ArrayList;
import java.util.List;

/** Stored images as bytes: hashes in binary, what surrounds them in their URIs written once. */
public final class StoredImages {
    private StoredImages() {}

    /** Writes an image. */
    public static void write(ByteWriter out, StoredImage image) {
        out.digest(image.sha256());
        out.around(image.uri(), image.sha256());
        out.digest(image.maskSha256());
        out.around(image.maskUri(), image.maskSha256());
        out.number(image.labels().size());
        image.labels().forEach(out::name);
    }

    /** Reads what {@link #write} wrote. */
    public static StoredImage read(ByteReader in) {
        String sha256 = in.digest();
        String uri = in.around(sha256);
        String maskSha256 = in.digest();
        String maskUri = in.around(maskSha256);
        int count = in.integer();
        List<String> labels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            labels.add(in.name());
        }
        return new StoredImage(uri, sha256, maskUri, maskSha256, labels);
    }
}
