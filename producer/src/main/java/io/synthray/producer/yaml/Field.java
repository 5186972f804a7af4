package io.synthray.producer.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A field that a file has or lacks. Reading one that is wrong adds a problem and gives a harmless value, so that the rest of
 * the file can be checked as well; whoever reads must not use the values while there are problems.
 */
public final class Field {
    private static final int LONGEST_NUMBER = 400;
    private static final double HALF = 0.5;

    private final Problems problems;
    private final String path;
    private final Node node;

    /** @param node null where the file lacks the field */
    Field(Problems problems, String path, Node node) {
        this.problems = problems;
        this.path = path;
        this.node = node;
        if (node != null) {
            problems.remember(path, Position.of(node));
        }
    }

    /** Whether the file has it. */
    public boolean present() {
        return node != null;
    }

    /** Path from the root of the file, for instance {@code arms[0].name}. */
    public String path() {
        return path;
    }

    /** Says that what is there is wrong. */
    public void wrong(String expected) {
        if (node != null) {
            problems.add(Position.of(node), path, expected, Excerpt.of(node));
        }
    }

    /** Says that what is there is wrong, in words of the caller. */
    public void wrong(String expected, String found) {
        if (node != null) {
            problems.add(Position.of(node), path, expected, found);
        }
    }

    /** Text of a certain spelling; what is there even when it is misspelt, and {@code otherwise} when it is no text. */
    public String text(Predicate<String> spelling, String expected, String otherwise) {
        if (node == null) {
            return otherwise;
        }
        if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
            boolean quotable = node instanceof ScalarNode scalar
                    && !scalar.getTag().equals(Tag.NULL)
                    && spelling.test(scalar.getValue());
            wrong(expected + (quotable ? " in quotes" : ""));
            return otherwise;
        }
        if (!spelling.test(scalar.getValue())) {
            wrong(expected);
        }
        return scalar.getValue();
    }

    /** Whether it is a piece of text. */
    public boolean isText() {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR);
    }

    /** Whether it is a mapping of fields. */
    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** One of the given words. */
    public String word(List<String> words, String otherwise) {
        if (node == null) {
            return otherwise;
        }
        if (isText() && words.contains(((ScalarNode) node).getValue())) {
            return ((ScalarNode) node).getValue();
        }
        String expected = words.stream().distinct().collect(Collectors.joining(" or "));
        if (isText()) {
            wrong(expected, Similar.describe(((ScalarNode) node).getValue(), words));
        } else {
            wrong(expected);
        }
        return otherwise;
    }

    /** A constant of an enum, written in lower case with hyphens. */
    public <E extends Enum<E>> E constant(Class<E> type, E otherwise) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream().map(Field::spell).toList();
        int chosen = words.indexOf(word(words, spell(otherwise)));
        return chosen < 0 ? otherwise : constants.get(chosen);
    }

    private static String spell(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** An integer of {@code low} to {@code high}, both included. */
    public long integer(long low, long high, long otherwise) {
        BigDecimal value = decimal();
        if (value != null
                && value.compareTo(BigDecimal.valueOf(low)) >= 0
                && value.compareTo(BigDecimal.valueOf(high)) <= 0
                && value.stripTrailingZeros().scale() <= 0) {
            return value.longValueExact();
        }
        wrong("an integer from " + low + " to " + high);
        return otherwise;
    }

    /** An integer of {@code low} to {@code high}, both included. */
    public int integer(int low, int high, int otherwise) {
        return (int) integer((long) low, (long) high, (long) otherwise);
    }

    /** A number of {@code low} to {@code high}, both included. */
    public double number(double low, double high, double otherwise) {
        BigDecimal value = decimal();
        if (value != null
                && value.compareTo(BigDecimal.valueOf(low)) >= 0
                && value.compareTo(BigDecimal.valueOf(high)) <= 0) {
            return value.doubleValue();
        }
        wrong("a number from " + plain(low) + " to " + plain(high));
        return otherwise;
    }

    /** A number above {@code low} and below {@code high}. */
    public double numberBetween(double low, double high, double otherwise) {
        BigDecimal value = decimal();
        if (value != null
                && value.compareTo(BigDecimal.valueOf(low)) > 0
                && value.compareTo(BigDecimal.valueOf(high)) < 0
                && value.doubleValue() > low
                && value.doubleValue() < high) {
            return value.doubleValue();
        }
        wrong("a number above " + plain(low) + " and below " + plain(high));
        return otherwise;
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    private BigDecimal decimal() {
        if (!(node instanceof ScalarNode scalar)
                || !(scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))
                || scalar.getValue().length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return new BigDecimal(scalar.getValue());
        } catch (NumberFormatException e) {
            // Infinity, not a number, hexadecimal, or an exponent beyond any range of ours: reported as out of range.
            return null;
        }
    }

    /** True or false. */
    public boolean flag(boolean otherwise) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue());
        }
        wrong("true or false");
        return otherwise;
    }

    /** A probability: a number of 0 to 1, or true for 1/2 and false for 0. */
    public double probability(double otherwise) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue()) ? HALF : 0;
        }
        BigDecimal value = decimal();
        if (value != null && value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) {
            return value.doubleValue();
        }
        wrong("true, false or a number from 0 to 1");
        return otherwise;
    }

    /** The entries of a list of {@code fewest} to {@code most}; none where it is no list. */
    public <T> List<T> list(int fewest, int most, String expected, Function<Field, T> entry) {
        if (!(node instanceof SequenceNode sequence)) {
            wrong(expected);
            return List.of();
        }
        List<T> entries = new ArrayList<>();
        int size = sequence.getValue().size();
        if (size < fewest || size > most) {
            wrong(expected, size == 0 ? "an empty list" : "a list of " + size);
        }
        for (int i = 0; i < Math.min(size, most); i++) {
            entries.add(entry.apply(new Field(
                    problems, path + "[" + i + "]", sequence.getValue().get(i))));
        }
        return entries;
    }

    /** A list of texts, none of which comes twice. */
    public List<String> texts(int fewest, int most, String expectedList, Function<Field, String> entry) {
        Set<String> seen = new HashSet<>();
        return list(fewest, most, expectedList, field -> {
            String text = entry.apply(field);
            if (field.isText() && !seen.add(text)) {
                field.wrong("entries that differ", Excerpt.quote(text) + " a second time");
            }
            return text;
        });
    }

    /** The fields of a mapping; those of an empty one where it is none. */
    public Section section() {
        if (node instanceof MappingNode mapping) {
            return new Section(problems, path, mapping);
        }
        wrong("a mapping of fields");
        return new Section(problems, path, null);
    }
}
