package io.synthray.trainer.metric;

import io.synthray.event.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Collects figures by name and target; a name's overall figure is the mean over the targets of which it is defined. */
final class Figures {
    private final Map<String, Map<String, Double>> byName = new LinkedHashMap<>();
    private final List<Metric> overall = new ArrayList<>();

    void put(String name, String target, double value) {
        byName.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(target, value);
    }

    void put(String name, String target, OptionalDouble value) {
        value.ifPresent(v -> put(name, target, v));
    }

    /** A figure that speaks of all targets together and is no mean over them. */
    void putOverall(String name, double value) {
        overall.add(new Metric(name, null, value, null, null));
    }

    /** Names in the order in which they came: the mean over targets first, then the targets. Last what is of no single target. */
    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        byName.forEach((name, values) -> {
            double mean = values.values().stream().mapToDouble(v -> v).average().orElseThrow();
            metrics.add(new Metric(name, null, mean, null, null));
            values.forEach((target, value) -> metrics.add(new Metric(name, target, value, null, null)));
        });
        metrics.addAll(overall);
        return metrics;
    }
}
