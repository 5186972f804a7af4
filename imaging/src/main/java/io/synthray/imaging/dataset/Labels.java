package io.synthray.imaging.dataset;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which findings a case has, in the data set's order: true, false, or null where it is not known. Immutable, and small: a data set of
 * hundreds of thousands of cases has few different ones, which its reader shares among them.
 */
public final class Labels extends AbstractMap<String, Boolean> {

    /** No labels at all. */
    public static final Labels NONE = new Labels(List.of(), new Boolean[0]);

    private final List<String> names;
    private final Boolean[] values;

    private Labels(List<String> names, Boolean[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * Labels by name.
     *
     * @param names different names
     * @param values as many values, copied
     */
    public static Labels of(List<String> names, Boolean... values) {
        if (names.size() != values.length) {
            throw new IllegalArgumentException("expected " + names.size() + " values, found " + values.length);
        }
        return new Labels(List.copyOf(names), values.clone());
    }

    /** The same labels, in the order of the map. */
    public static Labels copyOf(Map<String, Boolean> labels) {
        if (labels instanceof Labels same) {
            return same;
        }
        return new Labels(List.copyOf(labels.keySet()), new ArrayList<>(labels.values()).toArray(new Boolean[0]));
    }

    /** Names of the findings that are present, in order. */
    public List<String> present() {
        List<String> present = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (Boolean.TRUE.equals(values[i])) {
                present.add(names.get(i));
            }
        }
        return present;
    }

    @Override
    public Boolean get(Object name) {
        int at = names.indexOf(name);
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(Object name) {
        return names.contains(name);
    }

    @Override
    public Set<Entry<String, Boolean>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Boolean>> iterator() {
                return new Iterator<>() {
                    private int at;

                    @Override
                    public boolean hasNext() {
                        return at < values.length;
                    }

                    @Override
                    public Entry<String, Boolean> next() {
                        if (at == values.length) {
                            throw new java.util.NoSuchElementException();
                        }
                        Entry<String, Boolean> entry = new SimpleImmutableEntry<>(names.get(at), values[at]);
                        at++;
                        return entry;
                    }
                };
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels
                ? names.equals(labels.names) && Arrays.equals(values, labels.values)
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
