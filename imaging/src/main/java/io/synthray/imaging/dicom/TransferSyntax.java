package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;

/** How a file's data set is encoded (DICOM PS3.5, section 10 and annex A). */
enum TransferSyntax {
    IMPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2"),
    EXPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2.1"),
    RLE_LOSSLESS("1.2.840.10008.1.2.5"),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50"),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51"),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57"),
    JPEG_LOSSLESS_FIRST_ORDER("1.2.840.10008.1.2.4.70"),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90"),
    JPEG_2000("1.2.840.10008.1.2.4.91");

    private final String uid;

    TransferSyntax(String uid) {
        this.uid = uid;
    }

    static TransferSyntax of(String uid) {
        for (TransferSyntax syntax : values()) {
            if (syntax.uid.equals(uid)) {
                return syntax;
            }
        }
        String shown = uid.replaceAll("[^0-9.]", "?");
        throw new ImageFormatException("expected little endian, JPEG, JPEG 2000 or RLE as transfer syntax, found "
                + shown.substring(0, Math.min(64, shown.length())));
    }

    /** Whether elements carry their value representation. */
    boolean explicit() {
        return this != IMPLICIT_LITTLE_ENDIAN;
    }
}
