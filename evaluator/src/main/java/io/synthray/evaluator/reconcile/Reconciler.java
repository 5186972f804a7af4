package io.synthray.evaluator.reconcile;

import io.synthray.evaluator.reconcile.Archive.Answer;
import io.synthray.evaluator.study.StudyEvaluator;
import io.synthray.evaluator.study.Unanswered;
import io.synthray.evaluator.study.Unanswered.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Publishes again, or gives up, the unanswered requests that their group has passed by.
 *
 * <p>A scan reads every unanswered request of its tables; it is repeated only when the groups' offsets have changed or the last
 * scan left something over.
 */
public final class Reconciler {
    private final StudyEvaluator evaluator;
    private final Archive archive;
    private final int maxRounds;
    private final int maxRecords;
    private PassedBy scanned = PassedBy.NOTHING;

    /**
     * @param evaluator what is unanswered, and who acts on it
     * @param archive where the records are read back
     * @param maxRounds times that a request is published again before it is given up, 0 or more
     * @param maxRecords records of one scan, 1 or more: a scan holds up the stream
     */
    public Reconciler(StudyEvaluator evaluator, Archive archive, int maxRounds, int maxRecords) {
        this.evaluator = evaluator;
        this.archive = archive;
        this.maxRounds = maxRounds;
        this.maxRecords = maxRecords;
    }

    /** Looks for requests that have been passed by. */
    public void scan(PassedBy passedBy) {
        if (passedBy.equals(scanned)) {
            return;
        }
        List<Unanswered> behind = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            evaluator.unanswered(kind, open -> {
                if (open.pending().at() != null
                        && passedBy.isBehind(kind, open.pending().at())) {
                    behind.add(open);
                }
            });
        }
        behind.sort(Comparator.comparing(Unanswered::kind)
                .thenComparing(open -> open.pending().at().partition())
                .thenComparing(open -> open.pending().at().offset()));
        boolean all = behind.stream().limit(maxRecords).map(this::settle).reduce(true, Boolean::logicalAnd);
        if (all && behind.size() <= maxRecords) {
            scanned = passedBy;
        }
    }

    private boolean settle(Unanswered open) {
        int rounds = open.pending().rounds();
        if (rounds >= maxRounds) {
            evaluator.giveUp(
                    open,
                    "given up: the share group %s passed it by without an answer %d times"
                            .formatted(open.kind().group().name(), rounds + 1));
            return true;
        }
        Answer answer = archive.fetch(open.kind().topic(), open.pending().at());
        if (answer instanceof Answer.Found found) {
            evaluator.republish(open, found.key(), found.value());
        } else if (answer instanceof Answer.Gone) {
            evaluator.giveUp(
                    open,
                    "given up: its record is no longer in "
                            + open.kind().topic().name());
        }
        return !(answer instanceof Answer.Unknown);
    }
}
