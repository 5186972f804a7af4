package io.synthray.producer.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the faults of one file, and remembers where its fields are, so that later checks can point at them, too. */
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Position> positions = new HashMap<>();

    /** @param file the file as its user named it */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds a fault at a known position. */
    public void add(Position at, String field, String expected, String actual) {
        found.add(new Problem(file, at, field, expected, actual));
    }

    /** Adds a fault of a field that has been read, or of the nearest one around it that is in the file. */
    public void add(String field, String expected, String actual) {
        add(position(field), field, expected, actual);
    }

    /** Whether there is none so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All faults in the order of the file. */
    public List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt((Problem p) -> p.at().line()).thenComparingInt(p -> p.at().column()))
                .toList();
    }

    void remember(String field, Position at) {
        positions.putIfAbsent(field, at);
    }

    private Position position(String field) {
        for (String path = field; !path.isEmpty(); path = parent(path)) {
            Position at = positions.get(path);
            if (at != null) {
                return at;
            }
        }
        return positions.getOrDefault("", Position.START);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
