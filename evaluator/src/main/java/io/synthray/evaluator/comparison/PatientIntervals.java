package io.synthray.evaluator.comparison;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.event.Comparison;
import io.synthray.event.PatientBootstrap;
import io.synthray.statistics.BootstrapInterval;
import io.synthray.statistics.CrossedBootstrap;
import java.util.List;

/** Bootstraps a comparison over repeats and test patients, from what its trials measured on each test case. */
public final class PatientIntervals {
    private static final double ERROR = 0.05;
    private static final int MOST_RESAMPLES = 10_000;
    private static final int FEWEST_RESAMPLES = 1_000;

    /** Numbers that are summed up in all resamples, where the fewest do: a third of a second. */
    private static final long WORK = 200_000_000;

    /**
     * Numbers that are summed up at most for all comparisons of a study, which may end together: a transaction of the stream must not
     * run into its time-out.
     */
    private static final long MOST_WORK = 2_000_000_000;

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
     * @param family number of comparisons in the study, 1 or more
     * @param seed of the draws
     * @return none below 2 repeats or patients, where trials did not measure the same cases or a value cannot be, and for other metrics than
     *     Dice and F1; none with a note where the study's comparisons together would take longer than a few seconds
     */
    public static PatientInterval of(Comparison comparison, int repeats, int family, Cases cases, long seed) {
        if (repeats < 2) {
            return PatientInterval.NONE;
        }
        return PatientStatistic.of(comparison, repeats, cases)
                .filter(statistic -> statistic.patients() >= 2)
                .map(statistic -> of(statistic, repeats, family, seed))
                .orElse(PatientInterval.NONE);
    }

    private static PatientInterval of(PatientStatistic statistic, int repeats, int family, long seed) {
        long work = statistic.work();
        int resamples = (int) Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, WORK / work));
        if (work * (resamples + repeats) > MOST_WORK / family) {
            return new PatientInterval(null, Notes.tooLong(repeats, statistic.patients(), family));
        }
        return new CrossedBootstrap(ERROR, resamples, seed)
                .of(repeats, statistic.patients(), statistic)
                .map(found -> new PatientInterval(event(found), ""))
                .orElse(PatientInterval.NONE);
    }

    private static PatientBootstrap event(BootstrapInterval found) {
        return PatientBootstrap.newBuilder()
                .setEstimate(found.estimate())
                .setLow(found.interval().low())
                .setHigh(found.interval().high())
                .setRepeats(found.repeats())
                .setPatients(found.patients())
                .setResamples(found.resamples())
                .build();
    }
}
