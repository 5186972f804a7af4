package io.synthray.evaluator.comparison;

import io.synthray.evaluator.comparison.PatientIntervals.Cases;
import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.event.Comparison;
import io.synthray.statistics.CrossedBootstrap;
import io.synthray.statistics.ExactSum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Difference of a metric, macro over targets and in mean over repeats, where patients count so often: what a bootstrap draws again and again.
 * Each metric is a ratio of two sums over cases: of Dice and their number, or of 2 TP and 2 TP + FP + FN.
 */
final class PatientStatistic implements CrossedBootstrap.Statistic {
    /** Numerators and denominators of one trial by target and then by patient. */
    @SuppressWarnings("ArrayRecordComponent") // Made here and read here; nobody compares them.
    private record Ratios(double[][] above, double[][] below) {}

    private final int patients;
    private final List<Ratios> arm;
    private final List<Ratios> reference;

    private PatientStatistic(int patients, List<Ratios> arm, List<Ratios> reference) {
        this.patients = patients;
        this.arm = arm;
        this.reference = reference;
    }

    /**
     * Of a comparison. One trial's cases after the other are summed up by patient, so that they are never all in memory.
     *
     * @param repeats 1..n, 1 or more
     * @return empty without cases and where trials did not measure the same ones, where a case's value cannot be (to leave that case out would
     *     choose among patients), for a metric that is neither Dice nor F1, and for F1 where trials do not tell what was called
     */
    static Optional<PatientStatistic> of(Comparison comparison, int repeats, Cases cases) {
        Predicate<CaseOutcome> serves;
        Function<CaseTable, Ratios> sums;
        switch (comparison.getMetric()) {
            case "dice" -> {
                serves = CaseOutcome::isPlausible;
                sums = PatientStatistic::dice;
            }
            case "f1" -> {
                serves = each -> each.isPlausible() && each.truth() != null && each.called() != null;
                sums = PatientStatistic::f1;
            }
            default -> {
                return Optional.empty();
            }
        }
        CaseTable first = CaseTable.of(cases.of(comparison.getArm(), 1), comparison.getTarget());
        if (first.cases().isEmpty()) {
            return Optional.empty();
        }
        List<Ratios> arm = new ArrayList<>();
        List<Ratios> reference = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            for (String name : List.of(comparison.getArm(), comparison.getReference())) {
                CaseTable table = CaseTable.of(cases.of(name, repeat), comparison.getTarget());
                if (!first.hasTheCasesOf(table) || !table.cases().stream().allMatch(serves)) {
                    return Optional.empty();
                }
                (name.equals(comparison.getArm()) ? arm : reference).add(sums.apply(table));
            }
        }
        return Optional.of(new PatientStatistic(first.patients(), arm, reference));
    }

    /** Number of patients. */
    int patients() {
        return patients;
    }

    /** Numbers that are summed up for one value. */
    long work() {
        return 2L * arm.size() * arm.get(0).above.length * patients;
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
            sum += ratio(above, below);
        }
        return sum / ratios.above.length;
    }

    /** Sums without a patient are the sums of all less the patient's own. */
    @Override
    public double[] withoutEachPatient(int repeats, int patients) {
        double[] without = new double[patients];
        for (int r = 0; r < repeats; r++) {
            addWithoutEach(without, arm.get(r), 1.0 / repeats);
            addWithoutEach(without, reference.get(r), -1.0 / repeats);
        }
        return without;
    }

    private static void addWithoutEach(double[] without, Ratios ratios, double weight) {
        for (int target = 0; target < ratios.above.length; target++) {
            double[] ofAbove = ratios.above[target];
            double[] ofBelow = ratios.below[target];
            double above = ExactSum.of(ofAbove);
            double below = ExactSum.of(ofBelow);
            for (int p = 0; p < without.length; p++) {
                without[p] += weight * ratio(above - ofAbove[p], below - ofBelow[p]) / ratios.above.length;
            }
        }
    }

    private static double ratio(double above, double below) {
        return below == 0 ? 0 : above / below;
    }
}
