package io.synthray.producer.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of a mapping. Closing it reports every field that nobody has asked for. */
public final class Section implements AutoCloseable {
    private final Problems problems;
    private final String path;
    private final MappingNode mapping;
    private final Map<String, NodeTuple> fields = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** @param mapping null for a section that is no mapping, which has been reported and lacks nothing more */
    Section(Problems problems, String path, MappingNode mapping) {
        this.problems = problems;
        this.path = path;
        this.mapping = mapping;
        if (mapping != null) {
            problems.remember(path, Position.of(mapping));
            mapping.getValue().forEach(this::enter);
        }
    }

    private void enter(NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            problems.add(Position.of(key), path, "a field's name", Excerpt.of(key));
        } else if (fields.putIfAbsent(scalar.getValue(), tuple) != null) {
            problems.add(
                    Position.of(key),
                    inside(scalar.getValue()),
                    "each field once",
                    Excerpt.quote(scalar.getValue()) + " a second time");
        }
    }

    /** A field that has to be there. */
    public Field required(String name) {
        Field field = optional(name);
        if (!field.present() && mapping != null) {
            problems.add(Position.of(mapping), field.path(), "this field", "none");
        }
        return field;
    }

    /** A field that may be missing. */
    public Field optional(String name) {
        known.add(name);
        NodeTuple tuple = fields.get(name);
        return new Field(problems, inside(name), tuple == null ? null : tuple.getValueNode());
    }

    /** Names of the fields that the file has here, in its order, for a mapping whose keys are the file's own. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Override
    public void close() {
        fields.forEach((name, tuple) -> {
            if (!known.contains(name)) {
                problems.add(
                        Position.of(tuple.getKeyNode()),
                        path,
                        "one of the fields " + String.join(", ", known),
                        Similar.describe(name, known));
            }
        });
    }
}
