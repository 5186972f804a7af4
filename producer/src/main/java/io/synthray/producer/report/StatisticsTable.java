package io.synthray.producer.report;

import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
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
    private static final String E_VALUE = "e-value";

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
        Analysis analysis = results.study().getPlan().getAnalysis();
        rows.add(analysis.getKind() == AnalysisKind.FIXED ? HEADER : sequential(HEADER, E_VALUE));
        results.statistics().forEach(s -> rows.add(row(analysis, s)));
        List<String> lines =
                new ArrayList<>(TextTable.lines(rows, Set.of(0, 1, rows.get(0).size() - 1)));
        lines.add("");
        lines.addAll(notes(results));
        return List.copyOf(lines);
    }

    /** With the evidence of a sequential test before the verdict, where the plan has one. */
    private static List<String> sequential(List<String> row, String evidence) {
        List<String> longer = new ArrayList<>(row);
        longer.add(row.size() - 1, evidence);
        return longer;
    }

    private static List<String> row(Analysis analysis, Statistics s) {
        List<String> row = List.of(
                subject(s.getPlan()),
                metric(s.getPlan()),
                s.getPairs().size() + "/" + s.getPlanned(),
                Numbers.signed(s.getMeanDifference()),
                Numbers.interval(s.getCiLow(), s.getCiHigh()),
                Numbers.statistic(s.getT()),
                s.getDf() == null ? Numbers.NONE : s.getDf().toString(),
                Numbers.p(s.getPOneTailed()),
                Numbers.p(AnalysisWords.correctedP(analysis, s)),
                Verdict.of(s).word());
        if (analysis.getKind() == AnalysisKind.FIXED) {
            return row;
        }
        return sequential(
                row,
                s.getSequential() == null
                        ? Numbers.NONE
                        : Numbers.evidence(s.getSequential().getEValue()));
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

    private static List<String> notes(StudyResults results) {
        Set<String> notes = new LinkedHashSet<>();
        Statistics first = results.statistics().get(0);
        notes.add(AnalysisWords.of(results.study().getPlan().getAnalysis(), first.getFamily()));
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
