package io.synthray.producer.report;

import io.synthray.event.Arm;
import io.synthray.event.Metric;
import io.synthray.event.StudyPlan;
import io.synthray.event.Task;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The metric of every trial, and its means by structure or class. */
final class MetricTables {
    /** A row: the arm and its cells, one a column. */
    record Line(String arm, List<String> cells) {}

    /**
     * A table.
     *
     * @param columns headings after the arm's
     * @param rows one an arm, in the order of the plan
     */
    record Grid(List<String> columns, List<Line> rows) {}

    private final StudyResults results;
    private final StudyPlan plan;

    MetricTables(StudyResults results) {
        this.results = results;
        this.plan = results.study().getPlan();
    }

    /** {@code dice} or {@code f1}. */
    static String metric(StudyPlan plan) {
        return plan.getTask() == Task.SEGMENTATION ? "dice" : "f1";
    }

    /** The metric's name as people write it. */
    static String metricWord(StudyPlan plan) {
        return plan.getTask() == Task.SEGMENTATION ? "Dice" : "F1";
    }

    /** Mean over all targets, a column a repeat, then mean and standard deviation over the repeats. */
    Grid byRepeat() {
        List<String> columns = new ArrayList<>();
        for (int repeat = 1; repeat <= plan.getRepeats(); repeat++) {
            columns.add("repeat " + repeat);
        }
        columns.add("mean");
        columns.add("SD");
        List<Line> rows = new ArrayList<>();
        for (Arm arm : plan.getArms()) {
            List<String> cells = new ArrayList<>();
            for (int repeat = 1; repeat <= plan.getRepeats(); repeat++) {
                cells.add(cell(arm.getName(), repeat));
            }
            double[] values = values(arm.getName(), null);
            cells.add(values.length == 0 ? Numbers.NONE : Numbers.metric(mean(values)));
            cells.add(values.length < 2 ? Numbers.NONE : Numbers.metric(deviation(values)));
            rows.add(new Line(arm.getName(), cells));
        }
        return new Grid(columns, rows);
    }

    /** Means over the repeats, a column a structure or class. */
    Grid byTarget() {
        List<Line> rows = new ArrayList<>();
        for (Arm arm : plan.getArms()) {
            List<String> cells = plan.getTargets().stream()
                    .map(target -> values(arm.getName(), target))
                    .map(values -> values.length == 0 ? Numbers.NONE : Numbers.metric(mean(values)))
                    .toList();
            rows.add(new Line(arm.getName(), cells));
        }
        return new Grid(plan.getTargets(), rows);
    }

    private String cell(String arm, int repeat) {
        Optional<TrialResult> result = result(arm, repeat);
        if (result.isEmpty()) {
            return Numbers.NONE;
        }
        if (result.get().getStatus() != TrialStatus.COMPLETED) {
            return result.get().getStatus() == TrialStatus.FAILED ? "failed" : "skipped";
        }
        OptionalDouble value = value(result.get(), null);
        return value.isPresent() ? Numbers.metric(value.getAsDouble()) : Numbers.NONE;
    }

    private double[] values(String arm, String target) {
        return IntStream.rangeClosed(1, plan.getRepeats())
                .mapToObj(repeat -> result(arm, repeat))
                .flatMap(Optional::stream)
                .filter(result -> result.getStatus() == TrialStatus.COMPLETED)
                .map(result -> value(result, target))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    private Optional<TrialResult> result(String arm, int repeat) {
        return Optional.ofNullable(results.trials().get(new TrialId(plan.getStudy(), arm, repeat).key()));
    }

    private OptionalDouble value(TrialResult result, String target) {
        return result.getMetrics().stream()
                .filter(m -> m.getSubgroup() == null)
                .filter(m -> m.getName().equals(metric(plan)) && Objects.equals(m.getTarget(), target))
                .mapToDouble(Metric::getValue)
                .findFirst();
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** With n - 1 in the denominator. */
    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = java.util.Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
