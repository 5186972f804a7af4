package io.synthray.evaluator.comparison;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.statistics.CrossedBootstrap;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Difference of a metric, macro over targets and in mean over repeats, where patients count so often: what a bootstrap draws again and again.
 * Each metric is a ratio of two sums over cases: of Dice and their number, or of 2 TP and 2 TP + FP + FN.
 */
final class PatientStatistic implements CrossedBootstrap.Statistic {
    /** Numerators and denominators of one trial by target and then by patient. */
    @SuppressWarnings("ArrayRecordComponent") // Made here and read here; nobody compares them.
    private record Ratios(double[][] above, double[][] below) {}

    private final List<Ratios> arm;
    private final List<Ratios> reference;

    private PatientStatistic(List<Ratios> arm, List<Ratios> reference) {
        this.arm = arm;
        this.reference = reference;
    }

    /**
     * Of a metric.
     *
     * @param arm a table a repeat
     * @param reference a table a repeat, of the same cases
     * @return empty for a metric that is neither Dice nor F1, and for F1 where trials do not tell what was called
     */
    static Optional<CrossedBootstrap.Statistic> of(String metric, List<CaseTable> arm, List<CaseTable> reference) {
        return switch (metric) {
            case "dice" ->
                Optional.of(new PatientStatistic(
                        arm.stream().map(PatientStatistic::dice).toList(),
                        reference.stream().map(PatientStatistic::dice).toList()));
            case "f1" ->
                told(arm) && told(reference)
                        ? Optional.of(new PatientStatistic(
                                arm.stream().map(PatientStatistic::f1).toList(),
                                reference.stream().map(PatientStatistic::f1).toList()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean told(List<CaseTable> tables) {
        return tables.stream()
                .flatMap(table -> table.cases().stream())
                .allMatch(each -> each.truth() != null && each.called() != null);
    }

    private static Ratios dice(CaseTable table) {
        Ratios ratios = empty(table);
        each(table, (target, patient, outcome) -> {
            ratios.above[target][patient] += outcome.value();
            ratios.below[target][patient]++;
        });
        return ratios;
    }

    private static Ratios f1(CaseTable table) {
        Ratios ratios = empty(table);
        each(table, (target, patient, outcome) -> {
            int called = outcome.called() ? 1 : 0;
            int there = outcome.truth() ? 1 : 0;
            ratios.above[target][patient] += 2 * called * there;
            ratios.below[target][patient] += called + there;
        });
        return ratios;
    }

    private static Ratios empty(CaseTable table) {
        return new Ratios(new double[table.targets()][table.patients()], new double[table.targets()][table.patients()]);
    }

    private interface Cell {
        void take(int target, int patient, CaseOutcome outcome);
    }

    private static void each(CaseTable table, Cell cell) {
        ToIntFunction<CaseOutcome> target = outcome -> Collections.binarySearch(table.targetNames(), outcome.target());
        ToIntFunction<CaseOutcome> patient =
                outcome -> Collections.binarySearch(table.patientNames(), outcome.patient());
        table.cases().forEach(outcome -> cell.take(target.applyAsInt(outcome), patient.applyAsInt(outcome), outcome));
    }

    @Override
    public double of(int[] repeats, int[] patients) {
        double sum = 0;
        long weight = 0;
        for (int r = 0; r < repeats.length; r++) {
            if (repeats[r] > 0) {
                sum += repeats[r] * (metric(arm.get(r), patients) - metric(reference.get(r), patients));
                weight += repeats[r];
            }
        }
        return sum / weight;
    }

    private static double metric(Ratios ratios, int[] patients) {
        double sum = 0;
        for (int target = 0; target < ratios.above.length; target++) {
            double above = 0;
            double below = 0;
            for (int p = 0; p < patients.length; p++) {
                above += patients[p] * ratios.above[target][p];
                below += patients[p] * ratios.below[target][p];
            }
            sum += below == 0 ? 0 : above / below;
        }
        return sum / ratios.above.length;
    }
}
