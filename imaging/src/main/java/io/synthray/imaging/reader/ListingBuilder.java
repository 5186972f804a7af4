package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvException;
import io.synthray.imaging.csv.CsvFile;
import io.synthray.imaging.csv.CsvRow;
import io.synthray.imaging.dataset.CaseKey;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Fact;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.Labels;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Person;
import io.synthray.imaging.dataset.Pixels;
import io.synthray.imaging.file.UnsafeFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gathers what a reader finds. */
final class ListingBuilder {

    /** More are counted and not kept: a file with a fault in every row has a million of them. */
    private static final int MOST_PROBLEMS = 1_000;

    private final List<ListedCase> cases = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<DatasetProblem> problems = new ArrayList<>();
    private final Map<List<Boolean>, Labels> shared = new HashMap<>();
    private final Map<Person, Person> persons = new HashMap<>();
    private List<String> labels = List.of();
    private List<String> structures = List.of();
    private List<List<String>> identical = List.of();
    private Grouping grouping = Grouping.IMAGE_ONLY;
    private Pixels pixels;
    private int unkept;

    ListingBuilder labels(List<String> names) {
        labels = names;
        return this;
    }

    ListingBuilder structures(List<String> names) {
        structures = names;
        return this;
    }

    ListingBuilder grouping(Grouping known) {
        grouping = known;
        return this;
    }

    ListingBuilder pixels(Pixels source) {
        pixels = source;
        return this;
    }

    ListingBuilder identical(List<List<String>> ids) {
        identical = ids;
        return this;
    }

    void add(ListedCase listed) {
        cases.add(listed);
    }

    List<ListedCase> cases() {
        return cases;
    }

    void fact(String section, String name, long count) {
        facts.add(new Fact(section, name, count));
    }

    void note(String note) {
        notes.add(note);
    }

    void error(Path file, long line, String message) {
        problem(DatasetProblem.error(at(file, line), message, null));
    }

    void warning(Path file, long line, String message) {
        problem(DatasetProblem.warning(at(file, line), message, null));
    }

    /** A fault of one case whose place would name it. */
    void caseError(String location, String id, String message) {
        problem(DatasetProblem.error(location, message, CaseKey.of(id)));
    }

    private void problem(DatasetProblem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            unkept++;
        }
    }

    private static String at(Path file, long line) {
        return file.getFileName() + (line > 0 ? ":" + line : "");
    }

    /** Labels in the order of {@link #labels(List)}, equal ones shared. */
    Labels labels(Boolean... values) {
        return shared.computeIfAbsent(Arrays.asList(values.clone()), v -> Labels.of(labels, values));
    }

    /** Sex and age as a file has them, equal ones shared. */
    Person person(String sex, String years) {
        return persons.computeIfAbsent(Person.of(sex, years), p -> p);
    }

    /**
     * Reads a label file; what is wrong with it as CSV, or with its columns, becomes a problem.
     *
     * @param needed columns without which no row is read
     */
    void read(Path file, List<String> needed, Consumer<CsvRow> row) {
        try {
            boolean[] usable = new boolean[1];
            CsvFile.read(
                    file,
                    columns -> {
                        usable[0] = columns.containsAll(needed);
                        if (!usable[0]) {
                            error(file, 1, "expected the columns " + needed + ", found others");
                        }
                    },
                    each -> {
                        if (usable[0]) {
                            row.accept(each);
                        }
                    });
        } catch (CsvException e) {
            error(file, e.line(), e.getMessage());
        } catch (UnsafeFileException e) {
            error(file, 0, e.getMessage());
        }
    }

    Listing build() {
        if (unkept > 0) {
            problems.add(DatasetProblem.error("label files", unkept + " problems more than are listed", null));
        }
        return new Listing(cases, labels, structures, grouping, pixels, identical, facts, notes, problems);
    }
}
