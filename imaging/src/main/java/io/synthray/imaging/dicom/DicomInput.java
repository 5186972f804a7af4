package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;
import java.io.IOException;
import java.io.InputStream;

/** Little-endian numbers and bytes from a stream. A length never makes it allocate more than is there. */
final class DicomInput {

    private final InputStream in;
    private long position;

    DicomInput(InputStream in) {
        this.in = in;
    }

    long position() {
        return position;
    }

    /** Whether there is no byte more; the stream has to support marks. */
    boolean atEnd() throws IOException {
        in.mark(1);
        boolean end = in.read() < 0;
        in.reset();
        return end;
    }

    int two() throws IOException {
        int low = one();
        return low | one() << 8;
    }

    int four() throws IOException {
        int low = two();
        return low | two() << 16;
    }

    /** A length of 32 bits, as it is meant: 0 to 4294967295. */
    long length() throws IOException {
        return four() & 0xffffffffL;
    }

    int tag() throws IOException {
        int group = two();
        return group << 16 | two();
    }

    byte[] bytes(long count) throws IOException {
        if (count > Integer.MAX_VALUE - 8) {
            throw new ImageFormatException(
                    "element at byte " + position + ": expected a length within the file, found " + count);
        }
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw end(count - bytes.length);
        }
        position += count;
        return bytes;
    }

    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped == 0) {
                if (in.read() < 0) {
                    throw end(left);
                }
                skipped = 1;
            }
            left -= skipped;
        }
        position += count;
    }

    private int one() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw end(1);
        }
        position++;
        return read;
    }

    private ImageFormatException end(long missing) {
        return new ImageFormatException(
                "byte " + position + ": expected " + missing + " bytes more, found the end of the file");
    }
}
