package io.synthray.producer.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two arms' values of a metric, repeat by repeat.
 *
 * @param missing what keeps repeats from pairing, one sentence each
 * @param inOrder differences of the repeats up to the first that is missing
 * @param differences of all pairs, by ascending repeat
 */
record Pairing(List<String> missing, List<Double> inOrder, List<Double> differences) {
    /**
     * An arm's values of the metric.
     *
     * @param arm its name
     * @param byRepeat empty if it lacks the metric
     */
    record Values(String arm, Map<Integer, Double> byRepeat) {}

    /**
     * Pairs the repeats that both have.
     *
     * @param repeats that any arm of the file has of the metric: what one arm has was planned for all
     */
    static Pairing of(String metric, SortedSet<Integer> repeats, Values values, Values reference) {
        List<String> missing = new ArrayList<>();
        List<Double> inOrder = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        String without = names(values, reference, each -> each.byRepeat().isEmpty());
        if (!without.isEmpty()) {
            return new Pairing(List.of("%s is missing in %s".formatted(metric, without)), inOrder, differences);
        }
        for (int repeat : repeats) {
            String lacking = names(values, reference, each -> !each.byRepeat().containsKey(repeat));
            if (!lacking.isEmpty()) {
                missing.add("%s of repeat %d is missing in %s".formatted(metric, repeat, lacking));
                continue;
            }
            double difference =
                    values.byRepeat().get(repeat) - reference.byRepeat().get(repeat);
            differences.add(difference);
            if (missing.isEmpty()) {
                inOrder.add(difference);
            }
        }
        return new Pairing(missing, inOrder, differences);
    }

    private static String names(Values values, Values reference, Predicate<Values> which) {
        return Stream.of(values, reference).filter(which).map(Values::arm).collect(Collectors.joining(" and "));
    }
}
