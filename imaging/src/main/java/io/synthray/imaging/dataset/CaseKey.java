package io.synthray.imaging.dataset;

import io.synthray.imaging.digest.Sha256;

/** The name of a case outside the data set. */
public final class CaseKey {

    private CaseKey() {}

    /** The first 16 hexadecimal digits of the SHA-256 of the image's id in UTF-8. */
    public static String of(String imageId) {
        return Sha256.hex(imageId).substring(0, 16);
    }
}
