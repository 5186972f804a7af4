package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.event.StudyEvent.TrialEnded;
import io.synthray.event.TrialStatus;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * State of one trial.
 *
 * @param requested whether its request was published
 * @param result the first chunk 0; null before it
 * @param chunks chunks of results that have come
 * @param end how it ended without a result of its own; null while it may still have one
 * @param duplicates results that came after the first, or after the end
 * @param conflicting duplicates that say something else
 */
public record TrialState(
        boolean requested, Result result, SortedSet<Integer> chunks, End end, int duplicates, int conflicting) {
    static final TrialState PLANNED = new TrialState(false, null, new TreeSet<>(), null, 0, 0);

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

        boolean differs(Result other, double tolerance) {
            return status != other.status || !covers(other, tolerance) || !other.covers(this, tolerance);
        }

        private boolean covers(Result other, double tolerance) {
            return other.scores.stream()
                    .allMatch(wanted -> scores.stream().anyMatch(own -> agree(own, wanted, tolerance)));
        }

        private static boolean agree(Score one, Score other, double tolerance) {
            return one.metric().equals(other.metric())
                    && Objects.equals(one.target(), other.target())
                    && (Double.compare(one.value(), other.value()) == 0
                            || Math.abs(one.value() - other.value()) <= tolerance);
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
        if (result != null
                && chunks.size() >= result.chunks()
                && chunks.headSet(result.chunks()).size() == result.chunks()) {
            return switch (result.status()) {
                case COMPLETED -> Stage.COMPLETED;
                case FAILED -> Stage.FAILED;
                case SKIPPED -> Stage.SKIPPED;
            };
        }
        return requested ? Stage.REQUESTED : Stage.PLANNED;
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
     * A chunk of a result has come.
     *
     * @param tolerance difference of a metric up to which two results say the same
     */
    TrialState with(TrialEnded event, double tolerance) {
        boolean first = event.chunk() == 0;
        if (first && (result != null || end != null)) {
            boolean conflict = result != null && result.differs(resultOf(event), tolerance);
            return new TrialState(
                    requested, result, chunks, end, duplicates + 1, conflict ? conflicting + 1 : conflicting);
        }
        SortedSet<Integer> seen = new TreeSet<>(chunks);
        seen.add(event.chunk());
        return new TrialState(requested, first ? resultOf(event) : result, seen, end, duplicates, conflicting);
    }

    private static Result resultOf(TrialEnded event) {
        return new Result(event.status(), event.error(), event.scores(), event.chunks());
    }
}
