package io.synthray.evaluator.study;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.evaluator.event.Score;
import java.util.List;
import java.util.Optional;

/** What a metric can be at all, and a result of a test case. */
final class Plausibility {
    /** No image has so long a diagonal in pixels; the square of a number near a double's largest would be infinite. */
    private static final double FARTHEST = 1_000_000;

    private Plausibility() {}

    /** What is wrong with a score; empty if it may be averaged. Distances are 0 to a million pixels, everything else 0 to 1. */
    static Optional<String> problem(Score score) {
        double most = isDistance(score.metric()) ? FARTHEST : 1;
        if (score.value() >= 0 && score.value() <= most) {
            return Optional.empty();
        }
        return Optional.of("%s: expected %s, found %s"
                .formatted(score.name(), most == 1 ? "0 to 1" : "0 to 1000000", score.value()));
    }

    /** What is wrong with a chunk's test cases, in one sentence however many are; empty if they may be averaged. */
    static Optional<String> problem(List<CaseOutcome> cases) {
        List<CaseOutcome> wrong =
                cases.stream().filter(each -> !each.isPlausible()).toList();
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        CaseOutcome first = wrong.get(0);
        return Optional.of("case %s of %s: expected 0 to 1, found %s (%d of %d cases are wrong)"
                .formatted(first.id(), first.target(), first.value(), wrong.size(), cases.size()));
    }

    private static boolean isDistance(String metric) {
        return metric.startsWith("hd") || metric.contains("distance");
    }
}
