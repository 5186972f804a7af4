package io.synthray.evaluator.comparison;

import io.synthray.evaluator.event.Score;
import io.synthray.event.Comparison;
import io.synthray.event.SubgroupDifference;
import io.synthray.event.Subgroups;
import io.synthray.statistics.PairedDifferences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A comparison within the subgroups of the test cases, as far as trials tell them. */
public final class SubgroupDifferences {
    /** Test cases below which a subgroup is not called the worst: its figure is mostly chance. */
    public static final int FEWEST_CASES = 10;

    private static final double ERROR_OF_95_PERCENT = 0.05;

    private SubgroupDifferences() {}

    /** What is known of a trial's scores. */
    @FunctionalInterface
    public interface Scores {
        /** Sound scores of a completed trial; empty for any other. */
        List<Score> of(String arm, int repeat);
    }

    /** The comparison by subgroup; empty where no trial tells any. */
    public static Optional<Subgroups> of(String study, Comparison comparison, int last, Scores scores) {
        Map<String, List<Double>> differences = new TreeMap<>();
        Map<String, Integer> cases = new TreeMap<>();
        for (int repeat = 1; repeat <= last; repeat++) {
            Map<String, Score> arm = bySubgroup(comparison, scores.of(comparison.getArm(), repeat));
            Map<String, Score> reference = bySubgroup(comparison, scores.of(comparison.getReference(), repeat));
            arm.forEach((subgroup, score) -> {
                List<Double> known = differences.computeIfAbsent(subgroup, name -> new ArrayList<>());
                cases.merge(subgroup, score.cases() == null ? 0 : score.cases(), Math::max);
                if (reference.containsKey(subgroup)) {
                    known.add(score.value() - reference.get(subgroup).value());
                }
            });
        }
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        List<SubgroupDifference> rows = new ArrayList<>();
        differences.forEach((subgroup, values) -> rows.add(row(subgroup, cases.get(subgroup), values)));
        return Optional.of(Subgroups.newBuilder()
                .setStudy(study)
                .setComparison(comparison.getName())
                .setSubgroups(rows)
                .setWorst(worst(rows))
                .build());
    }

    private static Map<String, Score> bySubgroup(Comparison comparison, List<Score> scores) {
        Map<String, Score> found = new TreeMap<>();
        for (Score score : scores) {
            if (score.subgroup() != null
                    && score.metric().equals(comparison.getMetric())
                    && Objects.equals(score.target(), comparison.getTarget())) {
                found.putIfAbsent(score.subgroup(), score);
            }
        }
        return found;
    }

    private static SubgroupDifference row(String subgroup, int cases, List<Double> values) {
        SubgroupDifference.Builder row = SubgroupDifference.newBuilder()
                .setSubgroup(subgroup)
                .setCases(cases)
                .setPairs(values.size());
        if (!values.isEmpty()) {
            PairedDifferences differences = new PairedDifferences(values);
            row.setMeanDifference(differences.mean());
            differences.interval(ERROR_OF_95_PERCENT).ifPresent(interval -> row.setCiLow(interval.low())
                    .setCiHigh(interval.high()));
        }
        return row.build();
    }

    private static String worst(List<SubgroupDifference> rows) {
        return rows.stream()
                .filter(row -> row.getCases() >= FEWEST_CASES && row.getMeanDifference() != null)
                .min(Comparator.comparing(SubgroupDifference::getMeanDifference))
                .map(SubgroupDifference::getSubgroup)
                .orElse(null);
    }
}
