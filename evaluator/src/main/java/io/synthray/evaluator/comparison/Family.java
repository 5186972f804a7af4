package io.synthray.evaluator.comparison;

import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.Arm;
import io.synthray.event.Comparison;
import io.synthray.event.EarlyStop;
import io.synthray.event.ImageSetScope;
import io.synthray.event.SequentialDecision;
import io.synthray.event.SequentialStatistics;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPlan;
import io.synthray.event.SyntheticPlan;
import io.synthray.event.WelchTest;
import io.synthray.statistics.Correction;
import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.SignFlipTest;
import io.synthray.statistics.Welch;
import io.synthray.statistics.sequential.Decision;
import io.synthray.statistics.sequential.Look;
import io.synthray.statistics.sequential.SequentialPlan;
import io.synthray.statistics.sequential.SequentialTest;
import io.synthray.statistics.sequential.Stopping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A study's primary comparisons: the family of the correction. Its size is that of the plan, whatever fails. A P value comes with
 * the last planned pair and never before, and none after an early stop.
 */
public final class Family {
    private static final double ERROR_OF_95_PERCENT = 0.05;

    private final StudyPlan plan;
    private final Optional<SequentialPlan> sequential;

    /** @param plan with one comparison or more */
    public Family(StudyPlan plan) {
        this.plan = plan;
        this.sequential = sequentialPlan(plan);
    }

    /**
     * Statistics of every comparison, in the plan's order.
     *
     * @param measurements by comparison
     * @param stops last repeat that counts of an arm that was stopped early
     */
    public List<Statistics> statistics(
            Function<Comparison, Measurements> measurements, Function<String, OptionalInt> stops) {
        List<Statistics.Builder> family = new ArrayList<>();
        for (Comparison comparison : plan.getComparisons()) {
            OptionalInt stop = earlier(stops.apply(comparison.getArm()), stops.apply(comparison.getReference()));
            family.add(alone(comparison, stop, measurements.apply(comparison)));
        }
        adjust(family);
        return family.stream().map(Statistics.Builder::build).toList();
    }

    /** Whether the plan stops a comparison's arm at what its statistics say, and at which repeat. */
    public OptionalInt stopsAt(Statistics statistics) {
        SequentialStatistics found = statistics.getSequential();
        if (sequential.isEmpty() || found == null || found.getDecidedAt() == null) {
            return OptionalInt.empty();
        }
        Decision decision = Decision.valueOf(found.getDecision().name());
        return sequential.get().stopsAt(decision) ? OptionalInt.of(found.getDecidedAt()) : OptionalInt.empty();
    }

    private static OptionalInt earlier(OptionalInt one, OptionalInt other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsInt() < other.getAsInt() ? one : other;
    }

    private Statistics.Builder alone(Comparison comparison, OptionalInt stop, Measurements measurements) {
        Pairing pairing = Pairing.of(comparison, stop.orElse(plan.getRepeats()), measurements);
        Statistics.Builder statistics = Statistics.newBuilder()
                .setStudy(plan.getStudy())
                .setComparison(comparison.getName())
                .setPlan(comparison)
                .setStatus(pairing.status())
                .setPlanned(plan.getRepeats())
                .setPairs(pairing.pairs())
                .setLost(pairing.lost())
                .setFamily(plan.getComparisons().size())
                .setAlpha(plan.getAnalysis().getAlpha())
                .setStopRepeat(stop.isPresent() ? stop.getAsInt() : null)
                .setExtraData(synthetic(comparison, SyntheticPlan::getExtraData))
                .setSharedImageSet(synthetic(comparison, s -> s.getScope() == ImageSetScope.SHARED));
        boolean tested = pairing.status() == StatisticsStatus.COMPLETE && stop.isEmpty();
        if (!pairing.pairs().isEmpty()) {
            PairedDifferences differences = new PairedDifferences(pairing.differences());
            estimate(statistics, differences, comparison.getMargin());
            if (tested) {
                differences.oneTailedP(comparison.getMargin()).ifPresent(statistics::setPOneTailed);
                signFlips(statistics, differences, comparison.getMargin());
            }
            welch(statistics, pairing, comparison.getMargin(), tested);
        }
        sequential.ifPresent(plan -> look(statistics, plan.look(pairing.ordered(), comparison.getMargin())));
        return statistics.setNote(Notes.of(pairing, plan.getRepeats(), stop));
    }

    private void estimate(Statistics.Builder statistics, PairedDifferences differences, double margin) {
        statistics.setMeanDifference(differences.mean()).setDf(differences.degreesOfFreedom());
        differences.standardError().ifPresent(statistics::setStandardError);
        differences.t(margin).ifPresent(statistics::setT);
        differences.cohensD().ifPresent(statistics::setCohensD);
        differences
                .interval(ERROR_OF_95_PERCENT)
                .ifPresent(interval -> statistics.setCiLow(interval.low()).setCiHigh(interval.high()));
        differences
                .interval(plan.getAnalysis().getAlpha() / plan.getComparisons().size())
                .ifPresent(
                        interval -> statistics.setCiCorrectedLow(interval.low()).setCiCorrectedHigh(interval.high()));
    }

    private static void signFlips(Statistics.Builder statistics, PairedDifferences differences, double margin) {
        SignFlipTest.of(differences, margin)
                .ifPresent(test -> statistics.setPSignFlip(test.p()).setSignFlipFloor(test.floor()));
    }

    private static void welch(Statistics.Builder statistics, Pairing pairing, double margin, boolean tested) {
        List<Double> arm = pairing.pairs().stream().map(p -> p.getArm()).toList();
        List<Double> reference =
                pairing.pairs().stream().map(p -> p.getReference()).toList();
        Welch.of(arm, reference, margin)
                .ifPresent(test -> statistics.setWelch(WelchTest.newBuilder()
                        .setStandardError(test.standardError())
                        .setT(test.t())
                        .setDf(test.df())
                        .setPOneTailed(tested ? test.oneTailedP() : null)
                        .setCiLow(test.interval(ERROR_OF_95_PERCENT).low())
                        .setCiHigh(test.interval(ERROR_OF_95_PERCENT).high())
                        .build()));
    }

    private static void look(Statistics.Builder statistics, Look look) {
        SequentialStatistics.Builder sequential = SequentialStatistics.newBuilder()
                .setRepeats(look.repeats())
                .setEValue(look.eValue())
                .setThreshold(look.threshold())
                .setDecision(SequentialDecision.valueOf(look.decision().name()));
        if (!Double.isInfinite(look.logEValue())) {
            sequential.setLogEValue(look.logEValue());
        }
        look.pAnytime().ifPresent(sequential::setPAnytime);
        look.conditionalRejection().ifPresent(sequential::setConditionalRejection);
        look.level().ifPresent(sequential::setLevel);
        look.sequence()
                .ifPresent(interval -> sequential.setCsLow(interval.low()).setCsHigh(interval.high()));
        look.correctedSequence()
                .ifPresent(
                        interval -> sequential.setCsCorrectedLow(interval.low()).setCsCorrectedHigh(interval.high()));
        look.decidedAt().ifPresent(sequential::setDecidedAt);
        statistics.setSequential(sequential.build());
        statistics.setSignificant(
                switch (look.decision()) {
                    case CONTINUE -> null;
                    case BENEFIT -> true;
                    case FUTILITY, NOT_SHOWN -> false;
                });
    }

    private void adjust(List<Statistics.Builder> family) {
        List<OptionalDouble> p = family.stream()
                .map(s -> s.getPOneTailed() == null ? OptionalDouble.empty() : OptionalDouble.of(s.getPOneTailed()))
                .toList();
        List<OptionalDouble> bonferroni = Correction.BONFERRONI.adjust(p);
        List<OptionalDouble> holm = Correction.HOLM.adjust(p);
        List<OptionalDouble> bh = Correction.BENJAMINI_HOCHBERG.adjust(p);
        List<OptionalDouble> read =
                switch (plan.getAnalysis().getCorrection().toLowerCase(Locale.ROOT)) {
                    case "holm" -> holm;
                    case "bh" -> bh;
                    default -> bonferroni;
                };
        for (int i = 0; i < family.size(); i++) {
            Statistics.Builder statistics = family.get(i);
            bonferroni.get(i).ifPresent(statistics::setPBonferroni);
            holm.get(i).ifPresent(statistics::setPHolm);
            bh.get(i).ifPresent(statistics::setPBh);
            if (sequential.isEmpty() && read.get(i).isPresent()) {
                statistics.setSignificant(
                        read.get(i).getAsDouble() < plan.getAnalysis().getAlpha());
            }
        }
    }

    private boolean synthetic(Comparison comparison, Predicate<SyntheticPlan> question) {
        return plan.getArms().stream()
                .filter(arm -> arm.getName().equals(comparison.getArm())
                        || arm.getName().equals(comparison.getReference()))
                .map(Arm::getSynthetic)
                .anyMatch(synthetic -> synthetic != null && question.test(synthetic));
    }

    private static Optional<SequentialPlan> sequentialPlan(StudyPlan plan) {
        Analysis analysis = plan.getAnalysis();
        if (analysis.getKind() == AnalysisKind.FIXED) {
            return Optional.empty();
        }
        return Optional.of(new SequentialPlan(
                analysis.getKind() == AnalysisKind.SEQUENTIAL ? SequentialTest.PLANNED : SequentialTest.OPEN_ENDED,
                plan.getRepeats(),
                analysis.getAlpha(),
                plan.getComparisons().size(),
                analysis.getPriorScale(),
                stopping(analysis.getEarlyStop())));
    }

    private static Stopping stopping(EarlyStop stop) {
        if (stop == null) {
            return Stopping.NEVER;
        }
        return new Stopping(
                stop.getBenefit(),
                stop.getCurtailment(),
                stop.getFutility() == null ? OptionalDouble.empty() : OptionalDouble.of(stop.getFutility()));
    }
}
