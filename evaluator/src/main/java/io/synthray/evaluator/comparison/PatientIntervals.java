package io.synthray.evaluator.comparison;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.event.Comparison;
import io.synthray.event.PatientBootstrap;
import io.synthray.statistics.CrossedBootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bootstraps a comparison over repeats and test patients, from what its trials measured on each test case. */
public final class PatientIntervals {
    private static final double ERROR = 0.05;
    private static final int MOST_RESAMPLES = 10_000;
    private static final int FEWEST_RESAMPLES = 1_000;

    /** Numbers that are summed up in all resamples, where the fewest do: a third of a second. */
    private static final long WORK = 200_000_000;

    /** Numbers that are summed up at most; a transaction of the stream must not run into its time-out. */
    private static final long MOST_WORK = 1_500_000_000;

    /** What a trial measured on its test cases. */
    @FunctionalInterface
    public interface Cases {
        /** Of one trial, in any order. */
        List<CaseOutcome> of(String arm, int repeat);
    }

    private PatientIntervals() {}

    /**
     * The interval of arm minus reference, in mean over repeats.
     *
     * @param repeats 1..n; all have been measured
     * @param seed of the draws
     * @return empty below 2 repeats or patients, where trials did not measure the same cases, for other metrics than Dice and F1, and where it
     *     would take longer than a few seconds
     */
    public static Optional<PatientBootstrap> of(Comparison comparison, int repeats, Cases cases, long seed) {
        List<CaseTable> arm = new ArrayList<>();
        List<CaseTable> reference = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            arm.add(CaseTable.of(cases.of(comparison.getArm(), repeat), comparison.getTarget()));
            reference.add(CaseTable.of(cases.of(comparison.getReference(), repeat), comparison.getTarget()));
        }
        CaseTable first = arm.isEmpty() ? CaseTable.of(List.of(), null) : arm.get(0);
        boolean alike = first.patients() >= 2
                && repeats >= 2
                && arm.stream().allMatch(first::hasTheCasesOf)
                && reference.stream().allMatch(first::hasTheCasesOf);
        if (!alike) {
            return Optional.empty();
        }
        return PatientStatistic.of(comparison.getMetric(), arm, reference).flatMap(statistic -> {
            long work = (long) repeats * first.patients() * first.targets() * 2;
            int resamples = (int) Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, WORK / work));
            if (work * (resamples + repeats + first.patients()) > MOST_WORK) {
                return Optional.empty();
            }
            return new CrossedBootstrap(ERROR, resamples, seed)
                    .of(repeats, first.patients(), statistic)
                    .map(found -> PatientBootstrap.newBuilder()
                            .setEstimate(found.estimate())
                            .setLow(found.interval().low())
                            .setHigh(found.interval().high())
                            .setRepeats(found.repeats())
                            .setPatients(found.patients())
                            .setResamples(found.resamples())
                            .build());
        });
    }
}
