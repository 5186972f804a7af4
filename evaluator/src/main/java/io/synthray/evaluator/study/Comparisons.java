package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.statistics.ComparisonStatistics;
import io.synthray.evaluator.statistics.Measurement;
import io.synthray.event.Comparison;
import io.synthray.event.Statistics;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Publishes the statistics of comparisons whenever they change. */
final class Comparisons {
    private final StudyTables tables;
    private final Outbox outbox;
    private final Trials trials;

    Comparisons(StudyTables tables, Outbox outbox, Trials trials) {
        this.tables = tables;
        this.outbox = outbox;
        this.trials = trials;
    }

    /** Looks at every comparison. */
    void update(PlannedStudy study) {
        update(study, comparison -> true);
    }

    /** Looks at the comparisons that the arm takes part in. */
    void update(PlannedStudy study, String arm) {
        update(study, c -> c.getArm().equals(arm) || c.getReference().equals(arm));
    }

    private void update(PlannedStudy study, Predicate<Comparison> which) {
        study.plan().getComparisons().stream().filter(which).forEach(comparison -> {
            Statistics now = ComparisonStatistics.of(
                    study.plan(),
                    comparison,
                    (arm, repeat) -> measurement(new TrialId(study.name(), arm, repeat), comparison));
            String key = study.name() + "/" + comparison.getName();
            if (!tables.statistics().get(key).equals(Optional.of(now))) {
                tables.statistics().put(key, now);
                outbox.publish(TopicCatalogue.STATISTICS, key, now);
            }
        });
    }

    private Measurement measurement(TrialId trial, Comparison comparison) {
        TrialState state = trials.state(trial);
        String name = trial.arm() + "/" + trial.repeat();
        return switch (state.stage()) {
            case PLANNED, REQUESTED -> new Measurement.Awaited();
            case COMPLETED ->
                state.result().scores().stream()
                        .filter(score -> speaksOf(comparison, score))
                        .<Measurement>map(score -> new Measurement.Measured(score.value()))
                        .findFirst()
                        .orElseGet(
                                () -> new Measurement.Lost("trial %s gave no %s".formatted(name, metric(comparison))));
            case FAILED -> new Measurement.Lost("trial %s failed: %s".formatted(name, state.reason()));
            case SKIPPED -> new Measurement.Lost("trial %s was skipped: %s".formatted(name, state.reason()));
        };
    }

    private static boolean speaksOf(Comparison comparison, Score score) {
        return score.metric().equals(comparison.getMetric())
                && Objects.equals(score.target(), comparison.getTarget())
                && Double.isFinite(score.value());
    }

    private static String metric(Comparison comparison) {
        return comparison.getTarget() == null
                ? comparison.getMetric()
                : comparison.getMetric() + " of " + comparison.getTarget();
    }
}
