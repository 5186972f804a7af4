package io.synthray.imaging.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches a stream of unpacked bytes: a small file that unpacks into a huge one is refused. Deflate can pack a thousand to one; label
 * files and images are far from that.
 */
public final class Unpacking extends FilterInputStream {

    /** Unpacked bytes for each packed one, beyond {@link #FREE_BYTES}. Label files reach 20, images 10. */
    public static final int MOST_RATIO = 200;

    /** So much is unpacked of any file. */
    public static final long FREE_BYTES = 8L * 1024 * 1024;

    private final long most;
    private long count;

    /**
     * @param unpacked the stream to watch
     * @param packedBytes size of the packed content
     * @param limit at most so many bytes whatever the ratio
     */
    public Unpacking(InputStream unpacked, long packedBytes, long limit) {
        super(unpacked);
        this.most = Math.min(limit, Math.max(FREE_BYTES, packedBytes * MOST_RATIO));
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            add(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            add(read);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        add(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void add(long read) {
        count += read;
        if (count > most) {
            throw new UnsafeFileException(
                    "expected content that unpacks to at most " + most + " bytes, found more: the file may be a bomb");
        }
    }
}
