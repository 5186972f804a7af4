package io.synthray.producer.watch;

import io.synthray.event.ImageSetState;
import io.synthray.event.Statistics;
import io.synthray.event.StudyState;
import io.synthray.event.TrialProgress;
import io.synthray.event.TrialResult;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of a study under way. Events may come in any order between topics. */
final class StudyProgress {
    private final Map<String, TrialProgress> running = new TreeMap<>();
    private final Map<String, TrialResult> ended = new TreeMap<>();
    private final Map<String, Statistics> statistics = new TreeMap<>();
    private StudyState state;

    void add(StudyState newer) {
        state = newer;
    }

    void add(TrialProgress progress) {
        if (!ended.containsKey(progress.getTrial())) {
            running.put(progress.getTrial(), progress);
        }
    }

    void add(TrialResult result) {
        ended.putIfAbsent(result.getTrial(), result);
        running.remove(result.getTrial());
    }

    void add(Statistics comparison) {
        statistics.put(comparison.getComparison(), comparison);
    }

    /** The evaluator's last word; nothing before its first. */
    Optional<StudyState> state() {
        return Optional.ofNullable(state);
    }

    /** Last progress of each trial that has begun and not ended, by trial. */
    Collection<TrialProgress> running() {
        return running.values();
    }

    /** First result of each trial that has ended, by trial. */
    Map<String, TrialResult> ended() {
        return ended;
    }

    /** Comparisons as they stand, by name. */
    Collection<Statistics> statistics() {
        return statistics.values();
    }

    long imagesPlanned() {
        return state == null
                ? 0
                : state.getImageSets().stream()
                        .mapToLong(ImageSetState::getPlanned)
                        .sum();
    }

    /** Images that are made, have failed or are skipped. */
    long imagesSettled() {
        return state == null
                ? 0
                : state.getImageSets().stream()
                        .mapToLong(StudyProgress::settled)
                        .sum();
    }

    static long settled(ImageSetState set) {
        return Math.min(set.getPlanned(), set.getMade() + set.getFailed() + set.getSkipped());
    }

    int trialsPlanned() {
        return state == null ? 0 : state.getTrials().getPlanned();
    }

    /** Trials that have completed, failed or been skipped. */
    int trialsEnded() {
        return state == null
                ? 0
                : state.getTrials().getCompleted()
                        + state.getTrials().getFailed()
                        + state.getTrials().getSkipped();
    }
}
