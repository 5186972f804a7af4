package io.synthray.producer.report;

import java.util.List;
import java.util.Set;

/** Rows of cells in columns as wide as their widest cell, two blanks apart. */
public final class TextTable {
    private TextTable() {}

    /**
     * The lines.
     *
     * @param rows equally many cells each, the header first; one row or more
     * @param words columns that stand on the left; numbers stand on the right
     */
    public static List<String> lines(List<List<String>> rows, Set<Integer> words) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        String pad = " ".repeat(widths[i] - row.get(i).length());
                        line.append(i == 0 ? "" : "  ").append(words.contains(i) ? row.get(i) + pad : pad + row.get(i));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
