package io.synthray.producer.study;

import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.Task;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one comparison. */
final class ComparisonParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._:/+-]{0,199}");

    private final String metric;
    private final List<String> targets;
    private final List<String> arms;

    ComparisonParser(Task task, List<String> targets, Set<String> arms) {
        this.metric = task == Task.SEGMENTATION ? "dice" : "f1";
        this.targets = targets;
        this.arms = arms.stream().sorted().toList();
    }

    Comparison parse(Field field) {
        try (Section fields = field.section()) {
            String arm = fields.required("arm").word(arms, "");
            Field referenceField = fields.required("reference");
            String reference = referenceField.word(arms, "");
            if (!arm.isEmpty() && arm.equals(reference)) {
                referenceField.wrong("another arm than the one under test");
            }
            fields.optional("metric").word(List.of(metric), metric);
            Field targetField = fields.optional("target");
            String target = targetField.present() ? targetField.word(targets, "") : null;
            Hypothesis hypothesis = fields.optional("hypothesis").constant(Hypothesis.class, Hypothesis.SUPERIORITY);
            double margin = margin(hypothesis, fields);
            String usual = arm + "/" + reference + "/" + metric + (target == null ? "" : ":" + target);
            String name = fields.optional("name")
                    .text(n -> NAME.matcher(n).matches(), "1 to 200 letters, digits, spaces or any of ._:/+-", usual);
            return Comparison.newBuilder()
                    .setName(name)
                    .setArm(arm)
                    .setReference(reference)
                    .setMetric(metric)
                    .setTarget(target)
                    .setHypothesis(hypothesis)
                    .setMargin(margin)
                    .build();
        }
    }

    private static double margin(Hypothesis hypothesis, Section fields) {
        if (hypothesis == Hypothesis.NON_INFERIORITY) {
            return fields.required("margin").numberBetween(0, 1, 0.5);
        }
        return fields.optional("margin").number(0, 0, 0);
    }
}
