package io.synthray.statistics.simulation;

import io.synthray.statistics.Correction;
import io.synthray.statistics.Interval;
import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.SignFlipTest;
import io.synthray.statistics.Welch;
import io.synthray.statistics.sequential.ConfidenceSequence;
import io.synthray.statistics.sequential.Decision;
import io.synthray.statistics.sequential.SequentialPlan;
import io.synthray.statistics.sequential.SequentialTest;
import io.synthray.statistics.sequential.Stopping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Family-wise error of studies whose arms are no better than their reference: the share of studies in which a method rejects any true null
 * hypothesis. A study has five arms, one of them the reference of the other four, and 3 to 20 repeats (evenly drawn). Values are normal
 * with a part that all arms of a repeat share; the comparisons are correlated through their reference.
 *
 * @param studies how many, 1 or more
 * @param effect of every arm on every comparison, in standard deviations of the difference, at most 0
 * @param alpha family-wise error rate that the methods promise, above 0 and below 1
 * @param seed of the draws
 */
public record ErrorRates(int studies, double effect, double alpha, long seed) {
    private static final int COMPARISONS = 4;
    private static final int FEWEST = 3;
    private static final int MOST = 20;
    private static final double SPREAD = 0.02;

    /** @throws IllegalArgumentException for numbers out of range */
    public ErrorRates {
        if (studies < 1 || !(effect <= 0) || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "%d studies, effect %s, alpha %s: expected 1 or more, at most 0, within 0..1"
                            .formatted(studies, effect, alpha));
        }
    }

    /** Rates of all methods. */
    public List<Rate> rates() {
        RandomGenerator random = new Well19937c(seed);
        Tally tally = new Tally();
        for (int i = 0; i < studies; i++) {
            new Study(random).judge(tally);
        }
        return tally.rates.entrySet().stream()
                .map(each -> new Rate(
                        each.getKey(), each.getValue(), studies, !each.getKey().startsWith("(")))
                .toList();
    }

    private static final class Tally {
        private final Map<String, Integer> rates = new LinkedHashMap<>();

        /** A name in brackets is that of a method that promises nothing. */
        void add(String method, boolean rejected) {
            rates.merge(method, rejected ? 1 : 0, Integer::sum);
        }
    }

    private final class Study {
        private final int repeats;
        private final List<Double> reference = new ArrayList<>();
        private final List<List<Double>> arms = new ArrayList<>();
        private final List<List<Double>> differences = new ArrayList<>();

        Study(RandomGenerator random) {
            repeats = FEWEST + random.nextInt(MOST - FEWEST + 1);
            double[] shared = new double[repeats];
            for (int r = 0; r < repeats; r++) {
                shared[r] = 0.7 + 2 * SPREAD * random.nextGaussian();
                reference.add(shared[r] + SPREAD * random.nextGaussian());
            }
            double shift = effect * SPREAD * Math.sqrt(2);
            for (int a = 0; a < COMPARISONS; a++) {
                List<Double> arm = new ArrayList<>();
                List<Double> ofArm = new ArrayList<>();
                for (int r = 0; r < repeats; r++) {
                    arm.add(shared[r] + shift + SPREAD * random.nextGaussian());
                    ofArm.add(arm.get(r) - reference.get(r));
                }
                arms.add(arm);
                differences.add(ofArm);
            }
        }

        void judge(Tally tally) {
            fixed(tally);
            sequential(tally);
        }

        private void fixed(Tally tally) {
            List<OptionalDouble> paired = differences.stream()
                    .map(d -> new PairedDifferences(d).oneTailedP(0))
                    .toList();
            Map<Correction, Boolean> rejected = new EnumMap<>(Correction.class);
            for (Correction correction : Correction.values()) {
                rejected.put(correction, anyBelow(correction.adjust(paired)));
            }
            tally.add("paired t, Bonferroni", rejected.get(Correction.BONFERRONI));
            tally.add("paired t, Holm", rejected.get(Correction.HOLM));
            tally.add("paired t, Benjamini-Hochberg", rejected.get(Correction.BENJAMINI_HOCHBERG));
            tally.add(
                    "Welch t, Bonferroni",
                    anyBelow(Correction.BONFERRONI.adjust(arms.stream()
                            .map(arm -> p(Welch.of(arm, reference, 0).map(Welch::oneTailedP)))
                            .toList())));
            tally.add(
                    "sign flips, Bonferroni",
                    anyBelow(Correction.BONFERRONI.adjust(differences.stream()
                            .map(d -> p(
                                    SignFlipTest.of(new PairedDifferences(d), 0).map(SignFlipTest::p)))
                            .toList())));
            tally.add("(paired t, uncorrected)", anyBelow(paired));
            tally.add("(paired t, Bonferroni, looked at after each repeat)", naivePeeking());
        }

        private boolean naivePeeking() {
            for (List<Double> d : differences) {
                for (int n = 2; n <= repeats; n++) {
                    OptionalDouble p = new PairedDifferences(d.subList(0, n)).oneTailedP(0);
                    if (p.isPresent() && p.getAsDouble() < alpha / COMPARISONS) {
                        return true;
                    }
                }
            }
            return false;
        }

        private void sequential(Tally tally) {
            Stopping early = new Stopping(true, 0.95, OptionalDouble.empty());
            tally.add("sequentialised t, no early stop", rejects(SequentialTest.PLANNED, Stopping.NEVER));
            tally.add(
                    "sequentialised t, stops at 0.95, looked at after each repeat",
                    rejects(SequentialTest.PLANNED, early));
            tally.add("e-process, looked at after each repeat", rejects(SequentialTest.OPEN_ENDED, early));
            tally.add("confidence sequence at 1 - alpha / m, misses at any repeat", sequenceMisses());
        }

        private boolean rejects(SequentialTest test, Stopping stopping) {
            SequentialPlan plan = new SequentialPlan(test, repeats, alpha, COMPARISONS, 1, stopping);
            return differences.stream().anyMatch(d -> plan.look(d, 0).decision() == Decision.BENEFIT);
        }

        private boolean sequenceMisses() {
            ConfidenceSequence sequence = new ConfidenceSequence(1);
            double truth = effect * SPREAD * Math.sqrt(2);
            for (List<Double> d : differences) {
                for (int n = 1; n <= repeats; n++) {
                    Optional<Interval> interval = sequence.interval(d.subList(0, n), alpha / COMPARISONS);
                    if (interval.isPresent()
                            && (truth < interval.get().low()
                                    || truth > interval.get().high())) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean anyBelow(List<OptionalDouble> ps) {
            return ps.stream().anyMatch(p -> p.isPresent() && p.getAsDouble() < alpha);
        }

        private static OptionalDouble p(Optional<Double> value) {
            return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        }
    }
}
