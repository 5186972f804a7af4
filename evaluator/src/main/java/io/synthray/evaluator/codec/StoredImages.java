package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.FileDigest;
import io.synthray.evaluator.event.StoredFile;
import io.synthray.evaluator.event.StoredImage;
import java.util.ArrayList;
import java.util.List;

/** Stored images as bytes: hashes in binary, what surrounds them in their URIs written once. */
public final class StoredImages {
    private StoredImages() {}

    /** Writes an image. */
    public static void write(ByteWriter out, StoredImage image) {
        write(out, image.image());
        write(out, image.mask());
        out.number(image.labels().size());
        image.labels().forEach(out::name);
    }

    private static void write(ByteWriter out, StoredFile file) {
        out.digest(file == null ? null : file.digest());
        boolean split = file != null && file.behind() != null;
        out.octet(split ? 1 : 0);
        if (split) {
            out.name(file.before());
            out.name(file.behind());
        } else {
            out.text(file == null ? null : file.before());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static StoredImage read(ByteReader in) {
        StoredFile image = file(in);
        StoredFile mask = file(in);
        int count = in.integer();
        if (count == 0) {
            return new StoredImage(image, mask, List.of());
        }
        List<String> labels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            labels.add(in.name());
        }
        return new StoredImage(image, mask, labels);
    }

    private static StoredFile file(ByteReader in) {
        FileDigest digest = in.digest();
        boolean split = in.octet() == 1;
        String before = split ? in.name() : in.text();
        String behind = split ? in.name() : null;
        return digest == null ? null : new StoredFile(digest, before, behind);
    }
}
