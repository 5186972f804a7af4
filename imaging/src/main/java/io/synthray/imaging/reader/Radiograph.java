package io.synthray.imaging.reader;

import io.synthray.imaging.dicom.Dicom;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFile;
import io.synthray.imaging.image.ImageFormatException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a radiograph of any kind of file: PNG, JPEG, GIF, DICOM, JSRT's raw images. */
final class Radiograph {

    private static final int JSRT_SIDE = 2048;
    private static final float JSRT_WHITEST = 4095;

    private Radiograph() {}

    static GreyImage read(Path file) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".img")) {
            return jsrt(ImageFile.bytes(file));
        }
        return Dicom.isDicom(file) ? Dicom.read(file) : ImageFile.decode(ImageFile.bytes(file), "");
    }

    /** 2048 x 2048 values of 12 bits in 16, the most significant byte first, without a header; the highest is black. */
    private static GreyImage jsrt(byte[] raw) {
        if (raw.length != JSRT_SIDE * JSRT_SIDE * 2) {
            throw new ImageFormatException("expected 2048 x 2048 values of 2 bytes, found " + raw.length + " bytes");
        }
        float[] pixels = new float[JSRT_SIDE * JSRT_SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int value = (raw[2 * i] & 0xff) << 8 | (raw[2 * i + 1] & 0xff);
            pixels[i] = 1 - value / JSRT_WHITEST;
        }
        return GreyImage.taking(JSRT_SIDE, JSRT_SIDE, pixels);
    }
}
