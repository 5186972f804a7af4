package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Score;
import java.util.Optional;

/** What a metric can be at all. */
final class Plausibility {
    private Plausibility() {}

    /** What is wrong with a score; empty if it may be averaged. Distances are 0 or more, everything else 0 to 1. */
    static Optional<String> problem(Score score) {
        double most = isDistance(score.metric()) ? Double.MAX_VALUE : 1;
        if (score.value() >= 0 && score.value() <= most) {
            return Optional.empty();
        }
        return Optional.of("%s: expected %s, found %s"
                .formatted(score.name(), most == 1 ? "0 to 1" : "a finite number from 0 on", score.value()));
    }

    private static boolean isDistance(String metric) {
        return metric.startsWith("hd") || metric.contains("distance");
    }
}
