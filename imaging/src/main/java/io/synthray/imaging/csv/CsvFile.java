package io.synthray.imaging.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.synthray.imaging.file.Unpacking;
import io.synthray.imaging.file.UnsafeFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final int MOST_COLUMNS = 4096;
    private static final int LONGEST_ROW = 16 * 1024 * 1024;
    private static final int KEPT_STRINGS = 64;

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
            Rows rows = new Rows(header -> {}, row -> {});
            reader(in, rows).stream().limit(1).forEach(ignored -> {});
            return rows.columns();
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw failure(e);
        }
    }

    /** Reads CSV from a stream; the same errors as {@link #read(Path, Consumer, Consumer)}. */
    public static void read(InputStream in, Consumer<List<String>> header, Consumer<CsvRow> row) {
        try {
            Rows rows = new Rows(header, row);
            reader(in, rows).forEach(ignored -> {});
            rows.columns();
        } catch (CsvParseException | UncheckedIOException e) {
            throw failure(e);
        }
    }

    private static CsvReader<Boolean> reader(InputStream in, Rows rows) {
        Reader text = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return CsvReader.builder()
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(LONGEST_ROW)
                .build(rows, text);
    }

    private static CsvException failure(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new CsvException(0, "expected text in UTF-8, found other bytes", e);
            }
            if (cause instanceof CsvException csv) {
                return csv;
            }
            if (cause instanceof UnsafeFileException unsafe) {
                throw unsafe;
            }
        }
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

    /** Turns FastCSV's fields into rows; strings of a few characters, which come again and again, are made once. */
    private static final class Rows extends AbstractBaseCsvCallbackHandler<Boolean> {

        private final Consumer<List<String>> header;
        private final Consumer<CsvRow> handler;
        private final Map<String, Integer> columns = new LinkedHashMap<>();
        private final CsvRow row = new CsvRow(columns);
        private final String[][] kept = new String[KEPT_STRINGS][];
        private String[] fields = new String[16];
        private int count;
        private long line;
        private boolean empty;

        Rows(Consumer<List<String>> header, Consumer<CsvRow> handler) {
            this.header = header;
            this.handler = handler;
        }

        List<String> columns() {
            if (columns.isEmpty()) {
                throw new CsvException(0, "expected a header, found an empty file", null);
            }
            return List.copyOf(columns.keySet());
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            line = startingLineNumber;
            count = 0;
            empty = false;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (count == MOST_COLUMNS) {
                throw new CsvException(line, "expected at most " + MOST_COLUMNS + " fields, found more", null);
            }
            if (count == fields.length) {
                fields = Arrays.copyOf(fields, count * 2);
            }
            int from = offset;
            int to = offset + length;
            while (from < to && buffer[from] <= ' ') {
                from++;
            }
            while (to > from && buffer[to - 1] <= ' ') {
                to--;
            }
            fields[count] = string(index, buffer, from, to - from);
            count++;
        }

        /** The column's last short strings are looked through first: labels are the same few texts in hundreds of thousands of rows. */
        private String string(int index, char[] buffer, int offset, int length) {
            if (length == 0) {
                return "";
            }
            if (length > 8 || index >= KEPT_STRINGS) {
                return new String(buffer, offset, length);
            }
            String[] known = kept[index];
            if (known == null) {
                known = new String[4];
                kept[index] = known;
            }
            for (int i = 0; i < known.length; i++) {
                if (known[i] == null) {
                    known[i] = new String(buffer, offset, length);
                    return known[i];
                }
                if (equal(known[i], buffer, offset, length)) {
                    return known[i];
                }
            }
            return new String(buffer, offset, length);
        }

        private static boolean equal(String text, char[] buffer, int offset, int length) {
            if (text.length() != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (text.charAt(i) != buffer[offset + i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        protected void handleEmpty() {
            empty = true;
        }

        @Override
        protected Boolean buildRecord() {
            if (empty) {
                return Boolean.FALSE;
            }
            if (columns.isEmpty()) {
                readHeader();
            } else {
                row.set(line, fields, count);
                handler.accept(row);
            }
            return Boolean.TRUE;
        }

        private void readHeader() {
            for (int i = 0; i < count; i++) {
                String name = i == 0 && fields[i].startsWith("\uFEFF")
                        ? fields[i].substring(1).strip()
                        : fields[i];
                if (columns.putIfAbsent(name, i) != null) {
                    throw new CsvException(line, "expected each column once, found '" + shown(name) + "' again", null);
                }
            }
            header.accept(List.copyOf(columns.keySet()));
        }

        private static String shown(String name) {
            String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
            return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
        }
    }
}
