package io.synthray.producer.report;

import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The statistics of a study as a plain table. */
public final class StatisticsTable {
    private static final List<String> HEADER = List.of(
            "comparison", "metric", "n", "difference", "95% interval", "t", "df", "P", "P corrected", "verdict");

    private StatisticsTable() {}

    /** Lines of a table and the notes that belong to it; a sentence where there are no statistics yet. */
    public static List<String> lines(StudyResults results) {
        if (results.study().getPlan().getComparisons().isEmpty()) {
            return List.of("The plan has no comparisons, so there are no statistics.");
        }
        if (results.statistics().isEmpty()) {
            return List.of("No statistics have been published yet.");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        results.statistics().forEach(s -> rows.add(row(s)));
        List<String> lines = new ArrayList<>(aligned(rows));
        lines.add("");
        lines.addAll(notes(results));
        return List.copyOf(lines);
    }

    private static List<String> row(Statistics s) {
        return List.of(
                subject(s.getPlan()),
                metric(s.getPlan()),
                s.getPairs().size() + "/" + s.getPlanned(),
                Numbers.signed(s.getMeanDifference()),
                Numbers.interval(s.getCiLow(), s.getCiHigh()),
                Numbers.statistic(s.getT()),
                s.getDf() == null ? Numbers.NONE : s.getDf().toString(),
                Numbers.p(s.getPOneTailed()),
                Numbers.p(s.getPBonferroni()),
                Verdict.of(s).word());
    }

    static String subject(Comparison plan) {
        String subject = plan.getArm() + " - " + plan.getReference();
        return plan.getHypothesis() == Hypothesis.NON_INFERIORITY
                ? subject + " > -" + Numbers.plain(plan.getMargin())
                : subject + " > 0";
    }

    static String metric(Comparison plan) {
        return plan.getTarget() == null ? plan.getMetric() : plan.getMetric() + " " + plan.getTarget();
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = HEADER.size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        boolean words = i < 2 || i == columns - 1;
                        String pad = " ".repeat(widths[i] - row.get(i).length());
                        line.append(i == 0 ? "" : "  ").append(words ? row.get(i) + pad : pad + row.get(i));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }

    private static List<String> notes(StudyResults results) {
        Set<String> notes = new LinkedHashSet<>();
        Statistics first = results.statistics().get(0);
        notes.add("Paired t-test over repeats, one-tailed; Bonferroni for %s; alpha %s."
                .formatted(Numbers.count(first.getFamily(), "comparison"), Numbers.plain(first.getAlpha())));
        for (Statistics s : results.statistics()) {
            if (!s.getNote().isEmpty()) {
                notes.add(s.getComparison() + ": " + s.getNote() + ".");
            }
        }
        label(results, Label.EXTRA_DATA).ifPresent(notes::add);
        label(results, Label.SHARED_IMAGE_SET).ifPresent(notes::add);
        return List.copyOf(notes);
    }

    private static java.util.Optional<String> label(StudyResults results, Label label) {
        String which = results.statistics().stream()
                .filter(label::appliesTo)
                .map(s -> subject(s.getPlan()))
                .distinct()
                .collect(Collectors.joining("; "));
        return which.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of("%s (%s): %s".formatted(label.word(), which, label.meaning()));
    }
}
