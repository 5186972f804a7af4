package io.synthray.evaluator.statistics;

import io.synthray.evaluator.statistics.Measurement.Lost;
import io.synthray.evaluator.statistics.Measurement.Measured;
import io.synthray.event.Arm;
import io.synthray.event.Comparison;
import io.synthray.event.ImageSetScope;
import io.synthray.event.MetricPair;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPlan;
import io.synthray.event.SyntheticPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The statistics of a comparison as it stands: a function of the plan and of the measurements, whatever their order of
 * arrival. Estimate and interval follow the pairs that are in; P waits for the planned number of pairs, so that nobody can
 * stop at a favourable look.
 */
public final class ComparisonStatistics {
    private static final double LEVEL = 0.95;

    private ComparisonStatistics() {}

    /**
     * Pairs the measurements by repeat and tests their differences.
     *
     * @param plan the whole plan; its number of comparisons is the family of the correction
     * @param comparison one of them
     * @param measurements the comparison's metric in every trial
     */
    public static Statistics of(StudyPlan plan, Comparison comparison, Measurements measurements) {
        List<MetricPair> pairs = new ArrayList<>();
        Set<String> losses = new LinkedHashSet<>();
        for (int repeat = 1; repeat <= plan.getRepeats(); repeat++) {
            Measurement arm = measurements.of(comparison.getArm(), repeat);
            Measurement reference = measurements.of(comparison.getReference(), repeat);
            if (arm instanceof Measured a && reference instanceof Measured r) {
                pairs.add(new MetricPair(repeat, a.value(), r.value()));
            }
            loss(arm).ifPresent(losses::add);
            loss(reference).ifPresent(losses::add);
        }
        StatisticsStatus status = status(plan, pairs, losses);
        Statistics.Builder statistics = Statistics.newBuilder()
                .setStudy(plan.getStudy())
                .setComparison(comparison.getName())
                .setPlan(comparison)
                .setStatus(status)
                .setPlanned(plan.getRepeats())
                .setPairs(pairs)
                .setFamily(plan.getComparisons().size())
                .setAlpha(plan.getAnalysis().getAlpha())
                .setExtraData(synthetic(plan, comparison, SyntheticPlan::getExtraData))
                .setSharedImageSet(synthetic(plan, comparison, s -> s.getScope() == ImageSetScope.SHARED));
        if (pairs.isEmpty()) {
            return statistics.setNote(note(status, plan, pairs, losses)).build();
        }
        PairedDifferences differences = new PairedDifferences(
                pairs.stream().map(p -> p.getArm() - p.getReference()).toList());
        estimate(statistics, differences, comparison.getMargin());
        if (status == StatisticsStatus.COMPLETE) {
            test(statistics, differences, plan, comparison.getMargin());
        }
        String note = status == StatisticsStatus.COMPLETE ? noteOnP(differences) : note(status, plan, pairs, losses);
        return statistics.setNote(note).build();
    }

    private static void estimate(Statistics.Builder statistics, PairedDifferences differences, double margin) {
        statistics.setMeanDifference(differences.mean()).setDf(differences.degreesOfFreedom());
        differences.standardError().ifPresent(statistics::setStandardError);
        differences.t(margin).ifPresent(statistics::setT);
        differences
                .interval(LEVEL)
                .ifPresent(interval -> statistics.setCiLow(interval.low()).setCiHigh(interval.high()));
    }

    private static void test(
            Statistics.Builder statistics, PairedDifferences differences, StudyPlan plan, double margin) {
        differences.oneTailedP(margin).ifPresent(p -> {
            double adjusted = Bonferroni.adjust(p, plan.getComparisons().size());
            statistics
                    .setPOneTailed(p)
                    .setPBonferroni(adjusted)
                    .setSignificant(adjusted < plan.getAnalysis().getAlpha());
        });
    }

    private static StatisticsStatus status(StudyPlan plan, List<MetricPair> pairs, Set<String> losses) {
        if (!losses.isEmpty()) {
            return StatisticsStatus.INCOMPLETE;
        }
        return pairs.size() == plan.getRepeats() ? StatisticsStatus.COMPLETE : StatisticsStatus.WAITING;
    }

    private static String note(StatisticsStatus status, StudyPlan plan, List<MetricPair> pairs, Set<String> losses) {
        String pairsIn = "%d of %d pairs are in".formatted(pairs.size(), plan.getRepeats());
        return status == StatisticsStatus.INCOMPLETE
                ? "No P, since %s and the rest cannot come: %s".formatted(pairsIn, String.join("; ", losses))
                : "No P before the planned number of pairs: %s".formatted(pairsIn);
    }

    private static String noteOnP(PairedDifferences differences) {
        if (differences.n() < 2) {
            return "No interval and no P, since one pair tells nothing of the spread";
        }
        return differences.allEqual() ? "No t and no P, since every difference is equal" : "";
    }

    private static Optional<String> loss(Measurement measurement) {
        return measurement instanceof Lost lost ? Optional.of(lost.why()) : Optional.empty();
    }

    private static boolean synthetic(StudyPlan plan, Comparison comparison, Predicate<SyntheticPlan> question) {
        return plan.getArms().stream()
                .filter(arm -> arm.getName().equals(comparison.getArm())
                        || arm.getName().equals(comparison.getReference()))
                .map(Arm::getSynthetic)
                .anyMatch(synthetic -> synthetic != null && question.test(synthetic));
    }
}
