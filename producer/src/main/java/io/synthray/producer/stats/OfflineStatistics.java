package io.synthray.producer.stats;

import io.synthray.statistics.Correction;
import io.synthray.statistics.PairedDifferences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Statistics of measurements in a file: every arm but the reference is compared with it on every metric of its own, and these comparisons are
 * the family. A repeat that one of both lacks is said to be missing, never dropped in silence.
 *
 * @param comparisons in the order in which the file names them
 * @param adjusted P of each comparison by each correction, empty where it has none
 */
public record OfflineStatistics(List<OfflineComparison> comparisons, Map<Correction, List<OptionalDouble>> adjusted) {
    /**
     * Reads a file and compares.
     *
     * @throws MalformedCsvException if the file has faults or lacks the reference
     */
    public static OfflineStatistics of(Path file, OfflineSettings settings) {
        Map<String, Map<String, TreeMap<Integer, Double>>> byArm = new LinkedHashMap<>();
        for (Measurement each : MeasurementsCsv.read(file)) {
            byArm.computeIfAbsent(each.arm(), arm -> new LinkedHashMap<>())
                    .computeIfAbsent(each.metric(), metric -> new TreeMap<>())
                    .put(each.repeat(), each.value());
        }
        Map<String, TreeMap<Integer, Double>> reference = byArm.get(settings.reference());
        if (reference == null || byArm.size() < 2) {
            throw new MalformedCsvException(
                    "%s: expected the reference arm %s and others, found %s; --reference names another"
                            .formatted(file, settings.reference(), String.join(", ", byArm.keySet())));
        }
        List<OfflineComparison> comparisons = new ArrayList<>();
        byArm.forEach((arm, metrics) -> {
            if (!arm.equals(settings.reference())) {
                metrics.forEach((metric, values) -> comparisons.add(
                        compare(arm, metric, values, reference.getOrDefault(metric, new TreeMap<>()), settings)));
            }
        });
        List<OptionalDouble> family =
                comparisons.stream().map(OfflineComparison::oneTailedP).toList();
        Map<Correction, List<OptionalDouble>> adjusted = new EnumMap<>(Correction.class);
        for (Correction correction : Correction.values()) {
            adjusted.put(correction, correction.adjust(family));
        }
        return new OfflineStatistics(List.copyOf(comparisons), adjusted);
    }

    private static OfflineComparison compare(
            String arm,
            String metric,
            TreeMap<Integer, Double> values,
            TreeMap<Integer, Double> reference,
            OfflineSettings settings) {
        Set<Integer> repeats = new TreeSet<>(values.keySet());
        repeats.addAll(reference.keySet());
        Set<String> missing = new LinkedHashSet<>();
        List<Double> differences = new ArrayList<>();
        List<Double> inOrder = new ArrayList<>();
        for (int repeat : repeats) {
            if (values.containsKey(repeat) && reference.containsKey(repeat)) {
                double difference = values.get(repeat) - reference.get(repeat);
                differences.add(difference);
                if (missing.isEmpty()) {
                    inOrder.add(difference);
                }
            } else {
                missing.add("%s of repeat %d is missing in %s"
                        .formatted(metric, repeat, values.containsKey(repeat) ? settings.reference() : arm));
            }
        }
        return new OfflineComparison(
                arm,
                settings.reference(),
                metric,
                List.copyOf(missing),
                List.copyOf(inOrder),
                differences.isEmpty() ? Optional.empty() : Optional.of(new PairedDifferences(differences)),
                settings);
    }
}
