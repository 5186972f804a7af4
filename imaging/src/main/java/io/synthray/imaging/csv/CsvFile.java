package io.synthray.imaging.csv;

import io.synthray.imaging.file.Unpacking;
import io.synthray.imaging.file.UnsafeFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads CSV (RFC 4180, UTF-8, with or without a byte order mark) with a header. A file may be packed by gzip ({@code .gz}) or be the
 * only one in a zip archive ({@code .zip}). Names of columns and fields are stripped of blanks; empty lines are passed over.
 */
public final class CsvFile {

    private static final long MOST_BYTES = 4L * 1024 * 1024 * 1024;

    private CsvFile() {}

    /**
     * Reads a file row by row.
     *
     * @param header is given the names of the columns first
     * @param row is given each row; the object is used again for the next
     * @throws CsvException if it cannot be read as CSV
     * @throws UnsafeFileException if it unpacks without end
     */
    public static void read(Path file, Consumer<List<String>> header, Consumer<CsvRow> row) {
        try (InputStream in = open(file)) {
            read(in, header, row);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new CsvException(0, "expected a CSV file, found no file", e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The names of a file's columns; the same errors as {@link #read}. */
    public static List<String> header(Path file) {
        try (InputStream in = open(file)) {
            return List.copyOf(columns(new CsvBytes(in)).keySet());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Reads CSV from a stream; the same errors as {@link #read(Path, Consumer, Consumer)}. */
    public static void read(InputStream in, Consumer<List<String>> header, Consumer<CsvRow> row) {
        try {
            CsvBytes bytes = new CsvBytes(in);
            Map<String, Integer> columns = columns(bytes);
            header.accept(List.copyOf(columns.keySet()));
            CsvRow each = new CsvRow(columns, bytes);
            while (bytes.next()) {
                row.accept(each);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Map<String, Integer> columns(CsvBytes bytes) throws IOException {
        if (!bytes.next()) {
            throw new CsvException(0, "expected a header, found an empty file", null);
        }
        CsvRow header = new CsvRow(Map.of(), bytes);
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int i = 0; i < bytes.count(); i++) {
            String field = header.get(i);
            String name =
                    i == 0 && field.startsWith("\uFEFF") ? field.substring(1).strip() : field;
            if (columns.putIfAbsent(name, i) != null) {
                throw new CsvException(
                        bytes.line(), "expected each column once, found '" + shown(name) + "' again", null);
            }
        }
        return columns;
    }

    private static String shown(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
    }

    private static CsvException failure(IOException e) {
        return new CsvException(0, "cannot be read as CSV (" + e.getMessage() + ")", e);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            String name = file.getFileName().toString();
            if (name.endsWith(".gz")) {
                return new Unpacking(new GZIPInputStream(raw, 1 << 16), Files.size(file), MOST_BYTES);
            }
            if (name.endsWith(".zip")) {
                return new Unpacking(onlyEntry(raw), Files.size(file), MOST_BYTES);
            }
            return raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream onlyEntry(InputStream raw) throws IOException {
        ZipInputStream zip = new ZipInputStream(raw);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().endsWith(".csv")) {
                return zip;
            }
        }
        throw new CsvException(0, "expected a CSV file in the archive, found none", null);
    }
}
