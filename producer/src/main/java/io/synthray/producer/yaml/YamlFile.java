package io.synthray.producer.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML 1.2 (https://yaml.org/spec/1.2.2/) of one document. */
public final class YamlFile {
    private static final int DEEPEST = 50;

    private YamlFile() {}

    /** The document's fields, or nothing where it is no mapping or no YAML, which is then a problem. */
    public static Optional<Section> read(String yaml, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder().setUseMarks(true).setLabel("study file").build();
        try {
            if (tooDeep(yaml, settings, problems)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                problems.add(Position.START, "", "a mapping of fields", "an empty file");
                return Optional.empty();
            }
            if (root.get() instanceof MappingNode mapping) {
                return Optional.of(new Section(problems, "", mapping));
            }
            problems.add(Position.of(root.get()), "", "a mapping of fields", Excerpt.of(root.get()));
        } catch (MarkedYamlEngineException e) {
            Position at = Position.of(e.getProblemMark().or(e::getContextMark));
            problems.add(at, "", "YAML", "what cannot be read: " + oneLine(e.getProblem()));
        } catch (ReaderException e) {
            problems.add(
                    positionOf(yaml, e.getPosition()),
                    "",
                    "printable characters",
                    "the character with code %d".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(Position.START, "", "YAML", "what cannot be read: " + oneLine(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Composing recurses into every level, so a file that would exhaust the stack is refused before. */
    private static boolean tooDeep(String yaml, LoadSettings settings, Problems problems) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(yaml)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                problems.add(
                        Position.of(event.getStartMark()),
                        "",
                        "at most " + DEEPEST + " levels of lists and mappings",
                        "more");
                return true;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return false;
    }

    private static Position positionOf(String yaml, int offset) {
        String before = yaml.substring(0, Math.max(0, Math.min(offset, yaml.length())));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Position(line, before.length() - before.lastIndexOf('\n'));
    }

    private static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s+", " ");
    }
}
