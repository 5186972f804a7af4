package io.synthray.producer.stats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.synthray.producer.yaml.Similar;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads measurements from CSV (RFC 4180, UTF-8) with the columns {@code arm,metric,repeat,value} in any order; further columns are left
 * alone. Repeats are integers of 0 or more, values finite numbers, and each (arm, metric, repeat) comes once. Every fault is told.
 */
final class MeasurementsCsv {
    private static final List<String> COLUMNS = List.of("arm", "metric", "repeat", "value");
    private static final int MOST_FAULTS = 20;

    private final Path file;
    private final List<String> faults = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final Map<List<Object>, Long> lines = new HashMap<>();
    private Map<String, Integer> columns = Map.of();
    private int width;

    private MeasurementsCsv(Path file) {
        this.file = file;
    }

    /**
     * The measurements in the order of the file; one at least.
     *
     * @throws MalformedCsvException with every fault, one a line
     */
    static List<Measurement> read(Path file) {
        MeasurementsCsv csv = new MeasurementsCsv(file);
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .allowMissingFields(true)
                        .allowExtraFields(true)
                        .ofCsvRecord(text)) {
            csv.read(reader);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (CsvParseException e) {
            throw new MalformedCsvException("%s: expected CSV (%s)".formatted(file, e.getMessage()), e);
        }
        if (csv.faults.isEmpty() && csv.measurements.isEmpty()) {
            csv.faults.add(file + ": expected a line of measurements below the header, found none");
        }
        if (!csv.faults.isEmpty()) {
            throw new MalformedCsvException(String.join("\n", csv.faults));
        }
        return csv.measurements;
    }

    private static MalformedCsvException unreadable(Path file, IOException cause) {
        String problem = cause instanceof NoSuchFileException
                ? "expected a file, found none"
                : cause instanceof CharacterCodingException
                        ? "expected text in UTF-8, found other bytes"
                        : "cannot be read (" + cause.getMessage() + ")";
        return new MalformedCsvException(file + ": " + problem, cause);
    }

    private void read(CsvReader<CsvRecord> reader) {
        for (CsvRecord line : reader) {
            if (faults.size() >= MOST_FAULTS) {
                faults.add(file + ": and more");
                return;
            }
            if (columns.isEmpty()) {
                header(line);
                if (!faults.isEmpty()) {
                    return;
                }
            } else {
                measurement(line);
            }
        }
        if (columns.isEmpty() && faults.isEmpty()) {
            faults.add(file + ": expected the header arm,metric,repeat,value, found an empty file");
        }
    }

    private void header(CsvRecord line) {
        columns = new HashMap<>();
        width = line.getFieldCount();
        for (int i = 0; i < line.getFieldCount(); i++) {
            String name = line.getField(i).strip();
            // A byte order mark is what some spreadsheets begin a file with.
            name = i == 0 && name.startsWith("\ufeff") ? name.substring(1) : name;
            if (columns.put(name, i) != null && COLUMNS.contains(name)) {
                faults.add(at(line, i) + "expected each column once, found " + name + " a second time");
            }
        }
        for (String column : COLUMNS) {
            if (!columns.containsKey(column)) {
                faults.add("%s:%d: expected the columns arm,metric,repeat,value, found no column %s"
                        .formatted(file, line.getStartingLineNumber(), column));
            }
        }
    }

    private void measurement(CsvRecord line) {
        if (line.getFieldCount() != width) {
            faults.add("%s:%d: expected %d fields as in the header, found %d"
                    .formatted(file, line.getStartingLineNumber(), width, line.getFieldCount()));
            return;
        }
        int before = faults.size();
        String arm = name(line, "arm");
        String metric = name(line, "metric");
        int repeat = repeat(line);
        double value = value(line);
        if (faults.size() > before) {
            return;
        }
        Long earlier = lines.putIfAbsent(List.of(arm, metric, repeat), line.getStartingLineNumber());
        if (earlier != null) {
            faults.add("%sexpected each arm, metric and repeat once, found that of line %d again"
                    .formatted(at(line, columns.get("repeat")), earlier));
        }
        measurements.add(new Measurement(arm, metric, repeat, value));
    }

    private String field(CsvRecord line, String column) {
        return line.getField(columns.get(column)).strip();
    }

    private String name(CsvRecord line, String column) {
        String name = field(line, column);
        if (name.isEmpty()) {
            faults.add(at(line, columns.get(column)) + "expected a name, found nothing");
        }
        return name;
    }

    private int repeat(CsvRecord line) {
        String text = field(line, "repeat");
        try {
            int repeat = Integer.parseInt(text);
            if (repeat >= 0) {
                return repeat;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        faults.add(at(line, columns.get("repeat")) + "expected an integer of 0 or more, found " + quoted(text));
        return 0;
    }

    private double value(CsvRecord line) {
        String text = field(line, "value");
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        faults.add(at(line, columns.get("value")) + "expected a finite number, found " + quoted(text));
        return 0;
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "nothing" : Similar.describe(text, List.of());
    }

    /** File, line and the name of the column, and its number among the columns. */
    private String at(CsvRecord line, int column) {
        String name = columns.entrySet().stream()
                .filter(each -> each.getValue() == column)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        return "%s:%d: column %d (%s): ".formatted(file, line.getStartingLineNumber(), column + 1, name);
    }
}
