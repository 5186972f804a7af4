package io.synthray.evaluator.comparison;

import io.synthray.event.StatisticsStatus;
import io.synthray.statistics.PairedDifferences;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Sentences of a comparison for its reader. */
final class Notes {
    private Notes() {}

    static String of(Pairing pairing, int planned, OptionalInt stop) {
        String pairsIn = "%d of %d pairs are in".formatted(pairing.pairs().size(), pairing.last());
        if (pairing.status() == StatisticsStatus.INCOMPLETE) {
            String causes = pairing.lost().stream()
                    .map(lost -> "trial %s/%d %s".formatted(lost.getArm(), lost.getRepeat(), lost.getCause()))
                    .distinct()
                    .collect(Collectors.joining("; "));
            return "No P, since %s and the rest cannot come: %s".formatted(pairsIn, causes);
        }
        if (stop.isPresent()) {
            return "No P of a fixed number of pairs, since an arm was stopped after repeat %d of %d: %s"
                    .formatted(stop.getAsInt(), planned, pairsIn);
        }
        if (pairing.status() == StatisticsStatus.WAITING) {
            return "No P before the planned number of pairs: " + pairsIn;
        }
        PairedDifferences differences = new PairedDifferences(pairing.differences());
        if (differences.n() < 2) {
            return "No interval and no P, since one pair tells nothing of the spread";
        }
        return differences.allEqual() ? "No t and no P, since every difference is equal" : "";
    }

    /** A bootstrap that would hold up the stream, and is left out. */
    static String tooLong(int repeats, int patients, int family) {
        return ("No interval for new patients, since a bootstrap of %d repeats and %d patients, one of %d comparisons, takes longer "
                        + "than the evaluator gives to a study")
                .formatted(repeats, patients, family);
    }

    /** Readers put the full stop behind the last one. */
    static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ". " + other;
    }
}
