package io.synthray.imaging.dataset;

import io.synthray.imaging.phantom.FindingsPrompt;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads an index.csv (RFC 4180, UTF-8, with a header): {@code image_id} and {@code split} are needed, {@code patient_id} and
 * {@code prompt} are optional, columns that begin with {@code meta_} are left out, and every other column is a label of 0 or 1.
 * All errors are gathered.
 */
final class IndexCsv {

    static final String FILE = "index.csv";

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final Set<String> RESERVED = Set.of("image_id", "patient_id", "split", "prompt");
    private static final Pattern IMAGE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final List<DatasetProblem> problems = new ArrayList<>();
    private final List<DatasetCase> cases = new ArrayList<>();
    private final Map<String, Long> lineOfId = new HashMap<>();
    private final Map<String, Split> splitOfPatient = new HashMap<>();
    private List<String> header = List.of();
    private List<String> labels = List.of();

    private IndexCsv() {}

    /** Reads a file; what is wrong with it is in {@link #problems()}. */
    static IndexCsv read(Path file) {
        IndexCsv index = new IndexCsv();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(reader, FORMAT)) {
            index.read(parser);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            index.error(
                    FILE,
                    isEncodingError(e)
                            ? "expected text in UTF-8, found other bytes"
                            : "cannot be read as CSV (" + e.getMessage() + ")");
        }
        return index;
    }

    private static boolean isEncodingError(Throwable error) {
        return error != null && (error instanceof CharacterCodingException || isEncodingError(error.getCause()));
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

    private void read(CSVParser parser) {
        Iterator<CSVRecord> rows = parser.iterator();
        if (!rows.hasNext()) {
            error(FILE, "expected a header with image_id and split, found an empty file");
            return;
        }
        readHeader(rows.next());
        if (problems.isEmpty()) {
            rows.forEachRemaining(row -> readRow(row, parser.getCurrentLineNumber()));
        }
    }

    private void readHeader(CSVRecord row) {
        header = row.stream().map(name -> name.replace("\uFEFF", "")).toList();
        for (String needed : List.of("image_id", "split")) {
            if (!header.contains(needed)) {
                error(FILE + ":1", "expected a column " + needed + ", found " + shown(String.join(",", header)));
            }
        }
        if (new HashSet<>(header).size() < header.size()) {
            error(FILE + ":1", "expected each column once, found " + shown(String.join(",", header)));
        }
        labels = header.stream()
                .filter(name -> !RESERVED.contains(name) && !name.startsWith("meta_"))
                .toList();
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                error(FILE + ":1", "expected a label of letters, digits, '-' and '_', found " + shown(label));
            }
        }
    }

    private void readRow(CSVRecord row, long line) {
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

    private Split split(CSVRecord row, long line) {
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

    private String field(CSVRecord row, String column) {
        return row.get(header.indexOf(column));
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
