package io.synthray.imaging.npz;

import io.synthray.imaging.file.Unpacking;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.image.ImageFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An .npz file: a zip archive of arrays. Arrays are unpacked as a stream, so that a big one never has to be in memory as a whole. */
public final class NpzFile implements AutoCloseable {

    private static final int MOST_ENTRIES = 1000;
    private static final long LARGEST = 64L * 1024 * 1024 * 1024;

    private final ZipFile zip;
    private final long fileBytes;

    private NpzFile(ZipFile zip, long fileBytes) {
        this.zip = zip;
        this.fileBytes = fileBytes;
    }

    /**
     * Opens a file.
     *
     * @throws ImageFormatException if it is no zip archive or holds too many entries
     */
    public static NpzFile open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            if (zip.size() > MOST_ENTRIES) {
                zip.close();
                throw new ImageFormatException("expected at most " + MOST_ENTRIES + " arrays, found " + zip.size());
            }
            return new NpzFile(zip, Files.size(file));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ImageFormatException("", "expected an .npz file, found no file", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new ImageFormatException(
                    "", "cannot be read as .npz (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /**
     * Names of the arrays, without their ending.
     *
     * @throws ImageFormatException if a name is not in the encoding that the archive says
     */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        try {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".npy")) {
                    names.add(name.substring(0, name.length() - ".npy".length()));
                }
            }
        } catch (IllegalArgumentException e) {
            throw misnamed(e);
        }
        return names;
    }

    private ZipEntry entry(String name) {
        ZipEntry entry;
        try {
            entry = zip.getEntry(name + ".npy");
        } catch (IllegalArgumentException e) {
            throw misnamed(e);
        }
        if (entry == null) {
            throw new ImageFormatException("expected an array '" + name + "', found none");
        }
        return entry;
    }

    /** The archive decodes an entry's name only when it is looked at. */
    private static ImageFormatException misnamed(IllegalArgumentException cause) {
        return new ImageFormatException("", "expected names of arrays in UTF-8, found other bytes", cause);
    }

    /** Is given an array of unsigned bytes. */
    @FunctionalInterface
    public interface Use<T> {
        /**
         * Reads the elements.
         *
         * @param shape sizes of the axes
         * @param elements the elements in C order, as many as the shape says or an early end
         */
        T read(List<Integer> shape, InputStream elements) throws IOException;
    }

    /**
     * Reads an array of unsigned 8-bit integers.
     *
     * @throws ImageFormatException if there is none of the name, it is of another type, or damaged
     * @throws UnsafeFileException if it unpacks without end
     */
    public <T> T read(String name, Use<T> use) {
        ZipEntry entry = entry(name);
        long packed = Math.min(fileBytes, Math.max(0, entry.getCompressedSize()));
        try (InputStream in =
                new BufferedInputStream(new Unpacking(zip.getInputStream(entry), packed, LARGEST), 1 << 16)) {
            NpyHeader header = NpyHeader.read(in);
            if (!header.type().equals("|u1")) {
                throw new ImageFormatException(name + ": expected unsigned bytes (|u1), found " + header.type());
            }
            return use.read(header.shape(), in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ImageFormatException(
                    "", name + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new ImageFormatException("", "cannot be closed", e);
        }
    }
}
