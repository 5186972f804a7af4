package io.synthray.imaging.dicom;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Jpeg;
import io.synthray.imaging.image.Jpeg2000;
import io.synthray.imaging.image.RawSamples;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads DICOM files of one grey image. */
public final class Dicom {

    private Dicom() {}

    /**
     * Decodes a file to grey levels: rescaled, windowed by the first window that it has, otherwise over the whole range of its bits, and
     * inverted where the lowest value is white.
     *
     * @throws ImageFormatException if it is no DICOM file, damaged, too large, or of a kind that is not read; the file is not named
     */
    public static GreyImage read(Path file) {
        return reading(file, Dicom::image);
    }

    /** Decodes a file's content; as {@link #read}. */
    public static GreyImage decode(byte[] content) {
        return guarded(new ByteArrayInputStream(content), Dicom::image);
    }

    /** Reads what comes before pixel data, which is quick; the same errors as {@link #read}. */
    public static DicomHeader header(Path file) {
        return reading(file, Dicom::header);
    }

    /** Whether a file's first 132 bytes are those of DICOM. */
    public static boolean isDicom(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(132);
            return start.length == 132
                    && start[128] == 'D'
                    && start[129] == 'I'
                    && start[130] == 'C'
                    && start[131] == 'M';
        } catch (IOException e) {
            return false;
        }
    }

    private interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    private static <T> T reading(Path file, Reading<T> reading) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return guarded(in, reading);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ImageFormatException("", "expected a DICOM file, found no file", e);
        } catch (IOException e) {
            throw new ImageFormatException("", "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static <T> T guarded(InputStream in, Reading<T> reading) {
        try {
            return reading.read(in);
        } catch (IOException e) {
            throw new ImageFormatException("", "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static DicomHeader header(InputStream in) throws IOException {
        DicomFile file = DicomParser.parse(in, false);
        PixelFormat format = PixelFormat.of(file);
        return new DicomHeader(
                file.text(Tag.PATIENT_ID),
                file.text(Tag.STUDY_INSTANCE),
                file.text(Tag.SOP_INSTANCE),
                file.text(Tag.VIEW_POSITION),
                format.width(),
                format.height(),
                format.bitsStored());
    }

    private static GreyImage image(InputStream in) throws IOException {
        DicomFile file = DicomParser.parse(in, true);
        PixelFormat format = PixelFormat.of(file);
        float[] table = new Brightness(file, format).table();
        return switch (file.syntax()) {
            case IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN -> fromNative(file.pixels(), format, table);
            case RLE_LOSSLESS ->
                fromNative(
                        RunLengthCodec.decode(
                                file.pixels(), format.width() * format.height(), format.bitsAllocated() / 8),
                        format,
                        table);
            case JPEG_BASELINE, JPEG_EXTENDED, JPEG_LOSSLESS, JPEG_LOSSLESS_FIRST_ORDER ->
                fromSamples(Jpeg.samples(file.pixels(), ""), format, table);
            case JPEG_2000, JPEG_2000_LOSSLESS -> fromSamples(Jpeg2000.samples(file.pixels(), ""), format, table);
        };
    }

    private static GreyImage fromNative(byte[] data, PixelFormat format, float[] table) {
        if (data.length < format.bytesPerFrame()) {
            throw new ImageFormatException(
                    "expected pixel data of " + format.bytesPerFrame() + " bytes, found " + data.length);
        }
        float[] pixels = new float[format.width() * format.height()];
        for (int i = 0; i < pixels.length; i++) {
            int raw =
                    format.bitsAllocated() == 8 ? data[i] & 0xff : (data[2 * i] & 0xff) | (data[2 * i + 1] & 0xff) << 8;
            pixels[i] = table[raw];
        }
        return GreyImage.taking(format.width(), format.height(), pixels);
    }

    private static GreyImage fromSamples(RawSamples samples, PixelFormat format, float[] table) {
        if (samples.width() != format.width() || samples.height() != format.height()) {
            throw new ImageFormatException("expected a picture of " + format.width() + " x " + format.height()
                    + ", found " + samples.width() + " x " + samples.height());
        }
        if (samples.bits() > format.bitsAllocated()) {
            throw new ImageFormatException(
                    "expected a picture of at most " + format.bitsAllocated() + " bits, found " + samples.bits());
        }
        float[] pixels = new float[samples.values().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = table[samples.values()[i] & (table.length - 1)];
        }
        return GreyImage.taking(format.width(), format.height(), pixels);
    }
}
