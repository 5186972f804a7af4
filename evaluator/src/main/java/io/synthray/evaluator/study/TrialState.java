package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.event.StudyEvent.TrialEnded;
import io.synthray.event.TrialStatus;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * State of one trial.
 *
 * @param requested whether its request was published
 * @param result the first chunk 0; null before it
 * @param chunks chunks of results that have come; never changed in place
 * @param end how it ended without a result of its own; null while it may still have one
 * @param duplicates results that came after the first, or after the end
 * @param conflicting duplicates that say something else
 */
public record TrialState(boolean requested, Result result, BitSet chunks, End end, int duplicates, int conflicting) {
    static final TrialState PLANNED = new TrialState(false, null, new BitSet(), null, 0, 0);

    /** Where a trial stands. */
    public enum Stage {
        PLANNED,
        REQUESTED,
        COMPLETED,
        FAILED,
        SKIPPED;

        boolean ended() {
            return this != PLANNED && this != REQUESTED;
        }
    }

    /**
     * What chunk 0 of the first result says.
     *
     * @param status how the trial ended
     * @param error cause, null when completed
     * @param scores metrics on the test split
     * @param chunks chunks of the result
     */
    public record Result(TrialStatus status, String error, List<Score> scores, int chunks) {
        /** Copies the scores. */
        public Result {
            scores = List.copyOf(scores);
        }

        /** What the other result says differently; empty where both say the same. */
        Optional<String> difference(Result other, double tolerance) {
            if (status != other.status) {
                return Optional.of("its first result says %s, this one %s".formatted(status, other.status));
            }
            Map<String, Double> first = byName();
            Map<String, Double> later = other.byName();
            Set<String> names = new TreeSet<>(first.keySet());
            names.addAll(later.keySet());
            return names.stream()
                    .filter(name -> !agree(first.get(name), later.get(name), tolerance))
                    .findFirst()
                    .map(name -> "%s is %s in its first result and %s in this one: expected a difference of at most %s"
                            .formatted(name, first.get(name), later.get(name), tolerance));
        }

        private Map<String, Double> byName() {
            Map<String, Double> values = new TreeMap<>();
            scores.forEach(score -> values.putIfAbsent(score.name(), score.value()));
            return values;
        }

        private static boolean agree(Double one, Double other, double tolerance) {
            return one != null && other != null && (one.equals(other) || Math.abs(one - other) <= tolerance);
        }
    }

    /**
     * An end by the evaluator's own word.
     *
     * @param stage FAILED or SKIPPED
     * @param reason for the reader
     */
    public record End(Stage stage, String reason) {}

    /** Where the trial stands. A result counts once all its chunks have come. */
    public Stage stage() {
        if (end != null) {
            return end.stage();
        }
        if (result != null && isWhole(result.chunks())) {
            return switch (result.status()) {
                case COMPLETED -> Stage.COMPLETED;
                case FAILED -> Stage.FAILED;
                case SKIPPED -> Stage.SKIPPED;
            };
        }
        return requested ? Stage.REQUESTED : Stage.PLANNED;
    }

    /** Another result, of more chunks, may have left some of its own. */
    private boolean isWhole(int expected) {
        return chunks.nextClearBit(0) >= expected;
    }

    /** Whether somebody has asked for the trial; a result says so too, where it comes before the request is read back. */
    boolean wasRequested() {
        return requested || result != null;
    }

    /** Why the trial failed or was skipped. */
    public String reason() {
        if (end != null) {
            return end.reason();
        }
        return result == null || result.error() == null ? "no cause was given" : result.error();
    }

    TrialState requestedNow() {
        return new TrialState(true, result, chunks, end, duplicates, conflicting);
    }

    TrialState ended(Stage stage, String reason) {
        return new TrialState(requested, result, chunks, new End(stage, reason), duplicates, conflicting);
    }

    /**
     * What a repeated result says that the first did not.
     *
     * @param tolerance difference of a metric up to which two results say the same
     */
    Optional<String> conflict(TrialEnded event, double tolerance) {
        return event.chunk() == 0 && result != null ? result.difference(resultOf(event), tolerance) : Optional.empty();
    }

    /** A chunk of a result has come. */
    TrialState with(TrialEnded event, boolean contradicts) {
        boolean first = event.chunk() == 0;
        if (first && (result != null || end != null)) {
            return new TrialState(
                    requested, result, chunks, end, duplicates + 1, contradicts ? conflicting + 1 : conflicting);
        }
        BitSet seen = chunks.get(0, chunks.length());
        seen.set(event.chunk());
        return new TrialState(requested, first ? resultOf(event) : result, seen, end, duplicates, conflicting);
    }

    private static Result resultOf(TrialEnded event) {
        return new Result(event.status(), event.error(), event.scores(), event.chunks());
    }
}
