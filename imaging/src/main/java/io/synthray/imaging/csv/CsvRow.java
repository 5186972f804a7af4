package io.synthray.imaging.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One row of a label file, valid while it is handled. */
public final class CsvRow {

    private static final int KEPT_COLUMNS = 64;
    private static final int KEPT_STRINGS = 4;
    private static final int LONGEST_KEPT = 8;

    private final Map<String, Integer> columns;
    private final CsvBytes bytes;
    private final String[][] kept = new String[KEPT_COLUMNS][];

    CsvRow(Map<String, Integer> columns, CsvBytes bytes) {
        this.columns = columns;
        this.bytes = bytes;
    }

    /** The line where it begins, from 1. */
    public long line() {
        return bytes.line();
    }

    /** Number of fields. */
    public int size() {
        return bytes.count();
    }

    /**
     * The field in a column by number from 0, stripped of blanks; empty if the row is too short.
     *
     * @throws CsvException if it is not UTF-8
     */
    public String get(int column) {
        if (column >= bytes.count()) {
            return "";
        }
        int from = bytes.from(column);
        int length = bytes.to(column) - from;
        if (length == 0) {
            return "";
        }
        if (length > LONGEST_KEPT || column >= KEPT_COLUMNS) {
            return decode(from, length);
        }
        return known(column, from, length);
    }

    /** The field in a column by name, stripped of blanks; empty if the row is too short or the file has no such column. */
    public String get(String column) {
        Integer at = columns.get(column);
        return at == null ? "" : get(at);
    }

    /** The column's first short texts are made once: labels are the same few in hundreds of thousands of rows. */
    private String known(int column, int from, int length) {
        if (kept[column] == null) {
            kept[column] = new String[KEPT_STRINGS];
        }
        String[] texts = kept[column];
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] == null) {
                texts[i] = decode(from, length);
                return texts[i];
            }
            if (isEqual(texts[i], from, length)) {
                return texts[i];
            }
        }
        return decode(from, length);
    }

    private boolean isEqual(String text, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != bytes.buffer()[from + i]) {
                return false;
            }
        }
        return true;
    }

    private String decode(int from, int length) {
        byte[] buffer = bytes.buffer();
        for (int i = from; i < from + length; i++) {
            if (buffer[i] < 0) {
                return strictly(buffer, from, length);
            }
        }
        return new String(buffer, from, length, StandardCharsets.ISO_8859_1);
    }

    private String strictly(byte[] buffer, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CsvException(line(), "expected text in UTF-8, found other bytes", e);
        }
    }
}
