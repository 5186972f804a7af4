package io.synthray.producer.submit;

import io.synthray.event.StudyPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** What differs between two plans, field by field. */
final class PlanDifference {
    private static final int LONGEST = 120;

    private final List<String> lines = new ArrayList<>();

    private PlanDifference() {}

    /** Lines such as {@code arms[real+synthetic].synthetic.images: 40 -> 32}. */
    static List<String> between(StudyPlan before, StudyPlan after) {
        PlanDifference difference = new PlanDifference();
        difference.compare("", before, after);
        return List.copyOf(difference.lines);
    }

    private void compare(String path, Object before, Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof SpecificRecord a && after instanceof SpecificRecord b) {
            for (Schema.Field field : a.getSchema().getFields()) {
                String inside = path.isEmpty() ? field.name() : path + "." + field.name();
                compare(inside, a.get(field.pos()), b.get(field.pos()));
            }
        } else if (before instanceof List<?> a && after instanceof List<?> b) {
            compareEntries(path, byName(a), byName(b));
        } else {
            lines.add(path + ": " + shorten(before) + " -> " + shorten(after));
        }
    }

    private void compareEntries(String path, Map<String, Object> before, Map<String, Object> after) {
        int lengthBefore = lines.size();
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            compare(path + "[" + name + "]", before.get(name), after.get(name));
        }
        if (lines.size() == lengthBefore) {
            lines.add(path + ": order " + before.keySet() + " -> " + after.keySet());
        }
    }

    /** Entries that have a name go by it, so that an added arm does not make all arms after it look changed. */
    private static Map<String, Object> byName(List<?> entries) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            String name = Integer.toString(i);
            if (entries.get(i) instanceof SpecificRecord entry
                    && entry.getSchema().getField("name") != null) {
                name = String.valueOf(
                        entry.get(entry.getSchema().getField("name").pos()));
            }
            named.put(name, entries.get(i));
        }
        return named;
    }

    private static String shorten(Object value) {
        String text = value == null ? "nothing" : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
