package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.PromptTemplates;
import io.synthray.imaging.dataset.SplitRule;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a data set is to be read: options by name, as text, so that a plan can carry them. An option that is not given has its default.
 *
 * @param values values by name
 */
public record DatasetOptions(SortedMap<String, String> values) {

    /** Every option at its default. */
    public static final DatasetOptions DEFAULTS = new DatasetOptions(new TreeMap<>());

    /** Keeps a copy. */
    public DatasetOptions {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Options in any order. */
    public static DatasetOptions of(Map<String, String> values) {
        return new DatasetOptions(new TreeMap<>(values));
    }

    /** What is wrong with the names, empty if nothing. */
    List<DatasetProblem> unknown(DatasetKind kind) {
        return values.keySet().stream()
                .filter(name -> kind.options().stream()
                        .noneMatch(known -> known.endsWith(".") ? isOf(name, known) : known.equals(name)))
                .map(name -> DatasetProblem.error(
                        "option " + shown(name),
                        "expected one of " + kind.options().stream().sorted().toList() + " for " + kind.word()
                                + ", found this one",
                        null))
                .toList();
    }

    private static boolean isOf(String name, String prefix) {
        return name.startsWith(prefix) && name.length() > prefix.length();
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    String word(String name, String otherwise, String... words) {
        String value = text(name, otherwise);
        if (!Arrays.asList(words).contains(value)) {
            throw wrong(name, "expected one of " + String.join(", ", words) + ", found " + shown(value));
        }
        return value;
    }

    List<String> words(String name) {
        return text(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    Optional<Path> path(String name) {
        try {
            return text(name).map(Path::of);
        } catch (InvalidPathException e) {
            throw wrong(name, "expected a path, found " + shown(values.get(name)));
        }
    }

    SplitRule splitRule() {
        double fraction = number("test-fraction", SplitRule.STANDARD.testFraction(), 0.01, 0.99);
        double seed = number("split-seed", 0, 0, 1L << 53);
        return new SplitRule(fraction, (long) seed);
    }

    private double number(String name, double otherwise, double low, double high) {
        if (text(name).isEmpty()) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(values.get(name));
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(name, "expected a number of " + low + " to " + high + ", found " + shown(values.get(name)));
    }

    PromptTemplates prompts() {
        List<String> styles = new ArrayList<>();
        for (PromptTemplates.Style style : PromptTemplates.Style.values()) {
            styles.add(style.word());
        }
        String word = word("prompt-style", PromptTemplates.STANDARD.style().word(), styles.toArray(new String[0]));
        PromptTemplates standard = PromptTemplates.of(PromptTemplates.Style.values()[styles.indexOf(word)]);
        return new PromptTemplates(
                standard.style(),
                text("prompt-single", standard.single()),
                text("prompt-multiple", standard.multiple()),
                text("prompt-report", standard.report()),
                text("prompt-sentence", standard.sentence()),
                text("prompt-negative", standard.negative()));
    }

    Uncertainty uncertainty(String label) {
        String name = values.containsKey("uncertain." + label) ? "uncertain." + label : "uncertain";
        return Uncertainty.valueOf(
                word(name, "zeros", "zeros", "ones", "ignore").toUpperCase(java.util.Locale.ROOT));
    }

    static DatasetException wrong(String option, String message) {
        return new DatasetException(DatasetProblem.error("option " + option, message, null));
    }

    private static String shown(String value) {
        String printable = value.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (printable.length() <= 60 ? printable : printable.substring(0, 60) + "...") + "'";
    }
}
