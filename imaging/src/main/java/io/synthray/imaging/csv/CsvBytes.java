package io.synthray.imaging.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into rows and fields (RFC 4180). It works on bytes, since the separators are ASCII in UTF-8 and label files of hundreds of megabytes are not
 * worth a character each; only fields that somebody asks for become strings.
 */
final class CsvBytes {

    private static final int LONGEST_ROW = 16 * 1024 * 1024;
    private static final int MOST_COLUMNS = 4096;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private boolean ended;
    private int rowStart;
    private int[] from = new int[32];
    private int[] to = new int[32];
    private int count;
    private long line = 1;
    private long rowLine;

    CsvBytes(InputStream in) {
        this.in = in;
    }

    /** Goes to the next row that is not empty; false at the end. */
    boolean next() throws IOException {
        do {
            rowStart = position;
            rowLine = line;
            count = 0;
            if (!more(position)) {
                return false;
            }
            while (field()) {
                if (count == MOST_COLUMNS) {
                    throw new CsvException(rowLine, "expected at most " + MOST_COLUMNS + " fields, found more", null);
                }
            }
        } while (count == 1 && from[0] == to[0]);
        return true;
    }

    /** The line where the row begins, from 1. */
    long line() {
        return rowLine;
    }

    int count() {
        return count;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where a field's bytes begin, blanks passed over. */
    int from(int field) {
        return from[field];
    }

    /** Where a field's bytes end. */
    int to(int field) {
        return to[field];
    }

    /** Reads a field and what ends it; whether the row goes on. */
    private boolean field() throws IOException {
        int start = position - rowStart;
        boolean quoted = more(position) && buffer[position] == '"';
        int written = quoted ? quoted() : plain();
        int first = rowStart + start;
        while (first < written && buffer[first] >= 0 && buffer[first] <= ' ') {
            first++;
        }
        int last = written;
        while (last > first && buffer[last - 1] >= 0 && buffer[last - 1] <= ' ') {
            last--;
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        from[count] = first;
        to[count] = last;
        count++;
        return separator();
    }

    /** Passes over bytes up to a separator; gives where they end. */
    private int plain() throws IOException {
        while (true) {
            while (position < end) {
                byte b = buffer[position];
                if (b == ',' || b == '\n' || b == '\r') {
                    return position;
                }
                position++;
            }
            if (!more(position)) {
                return position;
            }
        }
    }

    /** Reads a field in quotes, doubled ones undone in place, and what may stand between the last quote and the separator. */
    private int quoted() throws IOException {
        int written = position - rowStart;
        position++;
        while (true) {
            if (!more(position)) {
                throw new CsvException(rowLine, "expected a quote that ends a field, found the end of the file", null);
            }
            byte b = buffer[position++];
            if (b == '"') {
                if (more(position) && buffer[position] == '"') {
                    position++;
                } else {
                    break;
                }
            } else if (b == '\n') {
                line++;
            }
            buffer[rowStart + written++] = b;
        }
        int rest = position - rowStart;
        int restEnd = plain() - rowStart;
        System.arraycopy(buffer, rowStart + rest, buffer, rowStart + written, restEnd - rest);
        return rowStart + written + restEnd - rest;
    }

    /** Passes over a comma or the end of a line; whether it was a comma. */
    private boolean separator() throws IOException {
        if (!more(position)) {
            return false;
        }
        byte b = buffer[position++];
        if (b == ',') {
            return true;
        }
        if (b == '\r' && more(position) && buffer[position] == '\n') {
            position++;
        }
        line++;
        return false;
    }

    /** Sees that the byte at a position is there; the row so far stays in the buffer, at its beginning after a refill. */
    private boolean more(int at) throws IOException {
        if (at < end) {
            return true;
        }
        if (ended) {
            return false;
        }
        int shift = rowStart;
        if (shift > 0) {
            System.arraycopy(buffer, shift, buffer, 0, end - shift);
            end -= shift;
            position -= shift;
            rowStart = 0;
            for (int i = 0; i < count; i++) {
                from[i] -= shift;
                to[i] -= shift;
            }
        }
        if (end == buffer.length) {
            if (end >= LONGEST_ROW) {
                throw new CsvException(rowLine, "expected rows of at most " + LONGEST_ROW + " bytes, found more", null);
            }
            buffer = Arrays.copyOf(buffer, end * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(0, read);
        return !ended;
    }
}
