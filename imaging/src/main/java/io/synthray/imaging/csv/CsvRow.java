package io.synthray.imaging.csv;

import java.util.Map;

/** One row of a label file, valid while it is handled. */
public final class CsvRow {

    private final Map<String, Integer> columns;
    private String[] fields;
    private int count;
    private long line;

    CsvRow(Map<String, Integer> columns) {
        this.columns = columns;
    }

    void set(long newLine, String[] newFields, int newCount) {
        this.line = newLine;
        this.fields = newFields;
        this.count = newCount;
    }

    /** The line where it begins, from 1. */
    public long line() {
        return line;
    }

    /** Number of fields. */
    public int size() {
        return count;
    }

    /**
     * The field in a column by number from 0, stripped of blanks; empty if the row is too short.
     */
    public String get(int column) {
        return column < count ? fields[column] : "";
    }

    /** The field in a column by name, stripped of blanks; empty if the row is too short or the file has no such column. */
    public String get(String column) {
        Integer at = columns.get(column);
        return at == null ? "" : get(at);
    }
}
