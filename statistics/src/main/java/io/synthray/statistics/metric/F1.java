package io.synthray.statistics.metric;

import java.util.List;

/**
 * F1 of several classes.
 *
 * @param perClass in the order of the classes
 * @param macro their mean, every class counting the same
 * @param micro F1 of the summed counts, every decision counting the same
 */
public record F1(List<Double> perClass, double macro, double micro) {
    /** From each class's counts; one class or more. */
    public static F1 of(List<Confusion> classes) {
        List<Double> each = classes.stream().map(Confusion::f1).toList();
        double macro = each.stream().mapToDouble(f1 -> f1).average().orElseThrow();
        return new F1(
                each,
                macro,
                classes.stream().reduce(Confusion::plus).orElseThrow().f1());
    }
}
