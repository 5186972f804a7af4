package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.PixelBudget;

/**
 * The image pixel module (DICOM PS3.3, C.7.6.3).
 *
 * @param width columns
 * @param height rows
 * @param bitsAllocated 8 or 16
 * @param bitsStored 1 to {@code bitsAllocated}
 * @param shift position of the lowest bit
 * @param signed whether values are two's complement
 * @param inverted MONOCHROME1: the lowest value is white
 */
record PixelFormat(
        int width, int height, int bitsAllocated, int bitsStored, int shift, boolean signed, boolean inverted) {

    static PixelFormat of(DicomFile file) {
        int samples = file.number(Tag.SAMPLES_PER_PIXEL, "SamplesPerPixel", 1);
        String photometric = file.text(Tag.PHOTOMETRIC);
        if (samples != 1 || !photometric.matches("MONOCHROME[12]")) {
            throw new ImageFormatException("expected 1 sample a pixel, MONOCHROME1 or MONOCHROME2, found " + samples
                    + (samples == 1 ? ", another interpretation" : ""));
        }
        int allocated = file.number(Tag.BITS_ALLOCATED, "BitsAllocated");
        int stored = file.number(Tag.BITS_STORED, "BitsStored");
        int highBit = file.number(Tag.HIGH_BIT, "HighBit", stored - 1);
        if ((allocated != 8 && allocated != 16)
                || stored < 1
                || stored > allocated
                || highBit < stored - 1
                || highBit >= allocated) {
            throw new ImageFormatException("expected 1 to 16 bits stored in 8 or 16 allocated, found " + stored + " in "
                    + allocated + " with high bit " + highBit);
        }
        int width = file.number(Tag.COLUMNS, "Columns");
        int height = file.number(Tag.ROWS, "Rows");
        PixelBudget.require(width, height, allocated / 8);
        return new PixelFormat(
                width,
                height,
                allocated,
                stored,
                highBit + 1 - stored,
                file.number(Tag.PIXEL_REPRESENTATION, "PixelRepresentation", 0) == 1,
                photometric.equals("MONOCHROME1"));
    }

    int bytesPerFrame() {
        return width * height * (bitsAllocated / 8);
    }

    /** The value of a raw sample. */
    int value(int raw) {
        int bits = (raw >> shift) & ((1 << bitsStored) - 1);
        return signed && bits >> (bitsStored - 1) != 0 ? bits - (1 << bitsStored) : bits;
    }

    int lowest() {
        return signed ? -(1 << (bitsStored - 1)) : 0;
    }

    int highest() {
        return lowest() + (1 << bitsStored) - 1;
    }
}
