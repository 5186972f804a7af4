package io.synthray.producer.report;

import io.synthray.event.Analysis;
import io.synthray.event.EarlyStop;
import io.synthray.event.SequentialStatistics;
import io.synthray.event.Statistics;
import java.util.Locale;

/** The statistical plan in words, and what of a comparison's statistics it reads. */
final class AnalysisWords {
    private AnalysisWords() {}

    /** One sentence or two: the test, its correction, its error rate, and when it stops early. */
    static String of(Analysis analysis, int family) {
        String comparisons = Numbers.count(family, "comparison");
        String alpha = Numbers.plain(analysis.getAlpha());
        return switch (analysis.getKind()) {
            case FIXED ->
                "Paired t-test over repeats, one-tailed; %s for %s; alpha %s."
                        .formatted(correction(analysis), comparisons, alpha);
            case SEQUENTIAL ->
                "Sequentialised paired t-test, one-tailed, looked at after each repeat; Bonferroni for %s; alpha %s."
                                .formatted(comparisons, alpha)
                        + stop(analysis.getEarlyStop());
            case OPEN_ENDED ->
                "e-process of the one-sided t-test, looked at after each repeat; an e-value of %s rejects (%s, alpha %s)."
                                .formatted(Numbers.evidence(family / analysis.getAlpha()), comparisons, alpha)
                        + stop(analysis.getEarlyStop());
        };
    }

    /** The correction's name. */
    static String correction(Analysis analysis) {
        return switch (analysis.getCorrection()) {
            case "holm" -> "Holm";
            case "bh" -> "Benjamini-Hochberg (false discovery rate)";
            default -> "Bonferroni";
        };
    }

    /** The corrected P that the plan reads; null where there is none. */
    static Double correctedP(Analysis analysis, Statistics s) {
        return switch (analysis.getCorrection()) {
            case "holm" -> s.getPHolm();
            case "bh" -> s.getPBh();
            default -> s.getPBonferroni();
        };
    }

    /** What the sequential test has seen. */
    static String evidence(SequentialStatistics sequential) {
        return "e-value %s after %s, %s rejects"
                .formatted(
                        Numbers.evidence(sequential.getEValue()),
                        Numbers.count(sequential.getRepeats(), "repeat"),
                        Numbers.evidence(sequential.getThreshold()));
    }

    private static String stop(EarlyStop stop) {
        if (stop == null) {
            return "";
        }
        String futility = stop.getFutility() == null
                ? ""
                : String.format(Locale.ROOT, "for futility at an e-value of %.4g", stop.getFutility());
        String benefit = stop.getBenefit() ? "for benefit" : "";
        return " Stops early %s."
                .formatted(benefit + (benefit.isEmpty() || futility.isEmpty() ? "" : " and ") + futility);
    }
}
