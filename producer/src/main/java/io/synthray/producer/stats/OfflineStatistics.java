package io.synthray.producer.stats;

import io.synthray.statistics.Correction;
import io.synthray.statistics.PairedDifferences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Statistics of measurements in a file: every arm but the reference is compared with it on every metric that any arm has, and these comparisons
 * are the family. What an arm lacks, a repeat or all of a metric, is said to be missing and leaves the comparison in the family: no failure
 * makes the others look better.
 *
 * @param comparisons arms, and of each the metrics, in the order in which the file names them
 * @param adjusted P of each comparison by each correction, empty where it has none
 * @param gaps repeats between others that no arm has, one sentence each: planned and lost, or never planned, which a file does not tell
 */
public record OfflineStatistics(
        List<OfflineComparison> comparisons, Map<Correction, List<OptionalDouble>> adjusted, List<String> gaps) {
    /**
     * Reads a file and compares.
     *
     * @throws MalformedCsvException if the file has faults or lacks the reference
     */
    public static OfflineStatistics of(Path file, OfflineSettings settings) {
        Map<String, Map<String, Map<Integer, Double>>> byArm = new LinkedHashMap<>();
        for (Measurement each : MeasurementsCsv.read(file)) {
            byArm.computeIfAbsent(each.arm(), arm -> new LinkedHashMap<>())
                    .computeIfAbsent(each.metric(), metric -> new HashMap<>())
                    .put(each.repeat(), each.value());
        }
        Map<String, Map<Integer, Double>> reference = byArm.get(settings.reference());
        if (reference == null || byArm.size() < 2) {
            throw new MalformedCsvException(
                    "%s: expected the reference arm %s and others, found %s; --reference names another"
                            .formatted(file, settings.reference(), String.join(", ", byArm.keySet())));
        }
        Map<String, TreeSet<Integer>> repeats = new LinkedHashMap<>();
        byArm.values()
                .forEach(metrics -> metrics.forEach((metric, values) ->
                        repeats.computeIfAbsent(metric, name -> new TreeSet<>()).addAll(values.keySet())));
        List<OfflineComparison> comparisons = new ArrayList<>();
        byArm.forEach((arm, metrics) -> {
            if (!arm.equals(settings.reference())) {
                repeats.forEach((metric, any) -> comparisons.add(compare(
                        metric,
                        Pairing.of(
                                metric,
                                any,
                                values(arm, metrics, metric),
                                values(settings.reference(), reference, metric)),
                        arm,
                        settings)));
            }
        });
        List<OptionalDouble> family =
                comparisons.stream().map(OfflineComparison::oneTailedP).toList();
        Map<Correction, List<OptionalDouble>> adjusted = new EnumMap<>(Correction.class);
        for (Correction correction : Correction.values()) {
            adjusted.put(correction, correction.adjust(family));
        }
        List<String> gaps = new ArrayList<>();
        repeats.forEach((metric, any) -> gaps.addAll(gaps(metric, any)));
        return new OfflineStatistics(List.copyOf(comparisons), adjusted, List.copyOf(gaps));
    }

    private static List<String> gaps(String metric, TreeSet<Integer> repeats) {
        List<String> gaps = new ArrayList<>();
        int next = repeats.first();
        for (int repeat : repeats) {
            if (repeat > next) {
                gaps.add(
                        repeat == next + 1
                                ? "no arm has %s of repeat %d".formatted(metric, next)
                                : "no arm has %s of repeats %d to %d".formatted(metric, next, repeat - 1));
            }
            next = repeat + 1;
        }
        return gaps;
    }

    private static Pairing.Values values(String arm, Map<String, Map<Integer, Double>> metrics, String metric) {
        return new Pairing.Values(arm, metrics.getOrDefault(metric, Map.of()));
    }

    private static OfflineComparison compare(String metric, Pairing pairing, String arm, OfflineSettings settings) {
        return new OfflineComparison(
                arm,
                settings.reference(),
                metric,
                List.copyOf(pairing.missing()),
                List.copyOf(pairing.inOrder()),
                pairing.differences().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PairedDifferences(pairing.differences())),
                settings);
    }
}
