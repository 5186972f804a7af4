package io.synthray.imaging.dataset;

import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.csv.CsvRow;
import io.synthray.imaging.phantom.FindingsPrompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an index.csv (RFC 4180, UTF-8, with a header): {@code image_id} and {@code split} are needed, {@code patient_id} and
 * {@code prompt} are optional, columns that begin with {@code meta_} are left out, and every other column is a label of 0 or 1.
 * All errors are gathered.
 */
final class IndexCsv {

    static final String FILE = "index.csv";

    private static final Set<String> RESERVED = Set.of("image_id", "patient_id", "split", "prompt");
    private static final Pattern IMAGE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final List<DatasetProblem> problems = new ArrayList<>();
    private final List<DatasetCase> cases = new ArrayList<>();
    private final Map<String, Long> lineOfId = new HashMap<>();
    private final Map<String, Split> splitOfPatient = new HashMap<>();
    private List<String> header = List.of();
    private boolean unusable;
    private List<String> labels = List.of();

    private IndexCsv() {}

    /** Reads a file; what is wrong with it is in {@link #problems()}. */
    static IndexCsv read(Path file) {
        IndexCsv index = new IndexCsv();
        try {
            CsvFile.read(file, index::readHeader, index::readRow);
        } catch (CsvException e) {
            index.error(FILE + (e.line() > 0 ? ":" + e.line() : ""), e.getMessage());
        }
        return index;
    }

    List<DatasetProblem> problems() {
        return problems;
    }

    List<DatasetCase> cases() {
        return cases;
    }

    List<String> labels() {
        return labels;
    }

    private void readHeader(List<String> columns) {
        header = columns;
        for (String needed : List.of("image_id", "split")) {
            if (!header.contains(needed)) {
                error(FILE + ":1", "expected a column " + needed + ", found " + shown(String.join(",", header)));
            }
        }
        labels = header.stream()
                .filter(name -> !RESERVED.contains(name) && !name.startsWith("meta_"))
                .toList();
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                error(FILE + ":1", "expected a label of letters, digits, '-' and '_', found " + shown(label));
            }
        }
        unusable = !problems.isEmpty();
    }

    private void readRow(CsvRow row) {
        if (unusable) {
            return;
        }
        long line = row.line();
        int before = problems.size();
        if (row.size() != header.size()) {
            error(FILE + ":" + line, "expected " + header.size() + " fields, found " + row.size());
            return;
        }
        String id = field(row, "image_id");
        Split split = split(row, line);
        String patient = header.contains("patient_id") ? field(row, "patient_id") : null;
        checkId(id, line);
        if (patient != null) {
            checkPatient(patient, split, line);
        }
        Map<String, Boolean> values = new LinkedHashMap<>();
        for (String label : labels) {
            String value = field(row, label);
            if (!value.equals("0") && !value.equals("1")) {
                error(at(line, label), "expected 0 or 1 (other columns begin with meta_), found " + shown(value));
            }
            values.put(label, value.equals("1"));
        }
        if (problems.size() == before) {
            String prompt = header.contains("prompt") ? field(row, "prompt") : FindingsPrompt.of(values);
            cases.add(new DatasetCase(id, patient, split, values, prompt));
        }
    }

    private Split split(CsvRow row, long line) {
        String word = field(row, "split");
        for (Split split : Split.values()) {
            if (split.word().equals(word)) {
                return split;
            }
        }
        error(at(line, "split"), "expected train, validation or test, found " + shown(word));
        return null;
    }

    /** Ids become file names, so they must not lead out of the folder. */
    private void checkId(String id, long line) {
        if (!IMAGE_ID.matcher(id).matches()) {
            error(at(line, "image_id"), "expected 1 to 128 letters, digits, '.', '_' and '-', found another id");
            return;
        }
        Long earlier = lineOfId.putIfAbsent(id, line);
        if (earlier != null) {
            error(at(line, "image_id"), "expected an id of its own, found that of line " + earlier);
        }
    }

    private void checkPatient(String patient, Split split, long line) {
        if (patient.isEmpty()) {
            error(at(line, "patient_id"), "expected a patient's id, found none");
        } else if (split != null) {
            Split earlier = splitOfPatient.putIfAbsent(patient, split);
            if (earlier != null && earlier != split) {
                error(
                        at(line, "patient_id"),
                        "expected a patient's images on one side, found this one's in " + earlier.word() + " and in "
                                + split.word());
            }
        }
    }

    private String field(CsvRow row, String column) {
        return row.get(column);
    }

    private void error(String location, String message) {
        problems.add(DatasetProblem.error(location, message, null));
    }

    private static String at(long line, String column) {
        return FILE + ":" + line + ": " + column;
    }

    private static String shown(String value) {
        String printable = value.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (printable.length() <= 60 ? printable : printable.substring(0, 60) + "...") + "'";
    }
}
