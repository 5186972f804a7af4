package io.synthray.producer.report;

import io.synthray.event.Analysis;
import io.synthray.event.Hypothesis;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;

/** What a comparison's statistics allow to say, and no more. */
public enum Verdict {
    /** Superiority is significant after the correction. */
    BETTER("better"),
    /** Non-inferiority is significant after the correction. */
    NO_WORSE("no worse"),
    /** Not significant. */
    NOT_SHOWN("not shown"),
    /** Not significant, and the whole interval lies on the wrong side. */
    WORSE("not shown; lower"),
    /** The planned pairs are in and give no P. */
    NO_TEST("no test"),
    /** Pairs are still to come. */
    WAITING("waiting"),
    /** Pairs are missing for good. */
    INCOMPLETE("incomplete");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** One or two words for a table. */
    public String word() {
        return word;
    }

    /** The verdict of a comparison as it stands. */
    public static Verdict of(Statistics statistics) {
        if (statistics.getSequential() != null && statistics.getSignificant() != null) {
            return tested(statistics);
        }
        if (statistics.getStatus() == StatisticsStatus.WAITING) {
            return WAITING;
        }
        if (statistics.getStatus() == StatisticsStatus.INCOMPLETE) {
            return INCOMPLETE;
        }
        if (statistics.getSignificant() == null) {
            return NO_TEST;
        }
        return tested(statistics);
    }

    private static Verdict tested(Statistics statistics) {
        boolean nonInferiority = statistics.getPlan().getHypothesis() == Hypothesis.NON_INFERIORITY;
        if (statistics.getSignificant()) {
            return nonInferiority ? NO_WORSE : BETTER;
        }
        Double high = statistics.getCiHigh();
        return high != null && high < -statistics.getPlan().getMargin() ? WORSE : NOT_SHOWN;
    }

    /** A sentence for the reader: the estimate first, whatever its sign. */
    static String sentence(Analysis analysis, Statistics s) {
        if (s.getMeanDifference() == null) {
            return "There is no pair of trials yet, so that nothing can be said.";
        }
        String estimate = "%s scored %s %s than %s on average over %s (difference %s, 95%% interval %s)."
                .formatted(
                        s.getPlan().getArm(),
                        Numbers.metric(Math.abs(s.getMeanDifference())),
                        s.getMeanDifference() < 0 ? "lower" : "higher",
                        s.getPlan().getReference(),
                        Numbers.count(s.getPairs().size(), "repeat"),
                        Numbers.signed(s.getMeanDifference()),
                        Numbers.interval(s.getCiLow(), s.getCiHigh()));
        return estimate + " " + conclusion(analysis, s);
    }

    private static String conclusion(Analysis analysis, Statistics s) {
        String alpha = Numbers.plain(s.getAlpha());
        String p = s.getSequential() != null
                ? AnalysisWords.evidence(s.getSequential())
                : "P = " + Numbers.p(s.getPOneTailed()) + ", " + Numbers.p(AnalysisWords.correctedP(analysis, s))
                        + " after correction for " + Numbers.count(s.getFamily(), "comparison");
        String margin = Numbers.plain(s.getPlan().getMargin());
        boolean nonInferiority = s.getPlan().getHypothesis() == Hypothesis.NON_INFERIORITY;
        return switch (of(s)) {
            case BETTER -> "The gain is statistically significant at %s (%s).".formatted(alpha, p);
            case NO_WORSE ->
                "That it is not worse by %s or more is statistically significant at %s (%s)."
                        .formatted(margin, alpha, p);
            case NOT_SHOWN ->
                (nonInferiority
                                ? "That it is not worse by %s or more is not shown at %s (%s)."
                                        .formatted(margin, alpha, p)
                                : "A gain is not shown at %s (%s).".formatted(alpha, p))
                        + " That is no proof of equality.";
            case WORSE ->
                (nonInferiority
                                ? "That it is not worse by %s or more is not shown at %s (%s)"
                                        .formatted(margin, alpha, p)
                                : "A gain is not shown at %s (%s)".formatted(alpha, p))
                        + "; the whole interval lies %s.".formatted(nonInferiority ? "below the margin" : "below zero");
            case NO_TEST, WAITING, INCOMPLETE -> s.getNote() + ".";
        };
    }
}
