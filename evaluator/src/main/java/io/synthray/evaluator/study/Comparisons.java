package io.synthray.evaluator.study;

import io.synthray.evaluator.comparison.Family;
import io.synthray.evaluator.comparison.Measurement;
import io.synthray.evaluator.comparison.PatientInterval;
import io.synthray.evaluator.comparison.PatientIntervals;
import io.synthray.evaluator.comparison.SubgroupDifferences;
import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.Comparison;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.imaging.random.SeedDerivation;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Publishes the statistics of a study's comparisons where they have changed. */
final class Comparisons {
    private final StudyTables tables;
    private final Outbox outbox;
    private final Trials trials;
    private final EarlyStops stops;
    private final Map<String, Family> families = new HashMap<>();

    Comparisons(StudyTables tables, Outbox outbox, Trials trials, EarlyStops stops) {
        this.tables = tables;
        this.outbox = outbox;
        this.trials = trials;
        this.stops = stops;
    }

    /** Looks at every comparison, stops arms as the plan says, and publishes what has changed. */
    void update(PlannedStudy study) {
        if (study.plan().getComparisons().isEmpty()) {
            return;
        }
        Family family = families.computeIfAbsent(study.name(), name -> new Family(study.plan()));
        List<Statistics> statistics = statistics(study, family);
        // What an arm's stop leaves out can only be later repeats, which decide nothing; so this ends.
        while (stops.update(study, statistics, family::stopsAt)) {
            statistics = statistics(study, family);
        }
        statistics.forEach(now -> publish(study, withPatients(study, now)));
        study.plan().getComparisons().forEach(comparison -> publishSubgroups(study, comparison));
    }

    private List<Statistics> statistics(PlannedStudy study, Family family) {
        return family.statistics(
                comparison -> (arm, repeat) -> measurement(new TrialId(study.name(), arm, repeat), comparison),
                arm -> stops.repeat(study, arm));
    }

    /** The bootstrap takes seconds at worst, and all that it rests on is final with the last pair: it is worked out once. */
    private Statistics withPatients(PlannedStudy study, Statistics now) {
        if (now.getStatus() != StatisticsStatus.COMPLETE || now.getStopRepeat() != null) {
            return now;
        }
        Optional<Statistics> known = tables.statistics()
                .get(study.name() + "/" + now.getComparison())
                .filter(before -> before.getStatus() == StatisticsStatus.COMPLETE);
        return known.map(before -> Statistics.newBuilder(now)
                        .setPatients(before.getPatients())
                        .setNote(before.getNote())
                        .build())
                .orElseGet(() -> patients(study, now.getPlan()).in(now));
    }

    private PatientInterval patients(PlannedStudy study, Comparison comparison) {
        long seed = SeedDerivation.derive(study.plan().getSeed(), "bootstrap", comparison.getName());
        return PatientIntervals.of(
                comparison,
                study.plan().getRepeats(),
                study.plan().getComparisons().size(),
                (arm, repeat) -> trials.cases(new TrialId(study.name(), arm, repeat)),
                seed);
    }

    private void publish(PlannedStudy study, Statistics now) {
        String key = study.name() + "/" + now.getComparison();
        if (!tables.statistics().get(key).equals(Optional.of(now))) {
            tables.statistics().put(key, now);
            outbox.publish(TopicCatalogue.STATISTICS, key, now);
        }
    }

    private void publishSubgroups(PlannedStudy study, Comparison comparison) {
        OptionalInt arm = stops.repeat(study, comparison.getArm());
        OptionalInt reference = stops.repeat(study, comparison.getReference());
        int repeats = study.plan().getRepeats();
        int last = Math.min(arm.orElse(repeats), reference.orElse(repeats));
        SubgroupDifferences.of(study.name(), comparison, last, (name, repeat) -> sound(study, name, repeat))
                .ifPresent(now -> {
                    String key = study.name() + "/" + comparison.getName();
                    if (!tables.subgroups().get(key).equals(Optional.of(now))) {
                        tables.subgroups().put(key, now);
                        outbox.publish(TopicCatalogue.SUBGROUPS, key, now);
                    }
                });
    }

    private List<Score> sound(PlannedStudy study, String arm, int repeat) {
        TrialState state = trials.state(new TrialId(study.name(), arm, repeat));
        if (state.stage() != Stage.COMPLETED) {
            return List.of();
        }
        return state.result().scores().stream()
                .filter(score -> Plausibility.problem(score).isEmpty())
                .toList();
    }

    private Measurement measurement(TrialId trial, Comparison comparison) {
        TrialState state = trials.state(trial);
        return switch (state.stage()) {
            case PLANNED, REQUESTED -> new Measurement.Awaited();
            case COMPLETED ->
                state.result().scores().stream()
                        .filter(score -> speaksOf(comparison, score))
                        .findFirst()
                        .map(Comparisons::measurement)
                        .orElseGet(() -> new Measurement.Lost("gave no " + metric(comparison)));
            case FAILED -> new Measurement.Lost("failed: " + state.reason());
            case SKIPPED -> new Measurement.Lost("was skipped: " + state.reason());
        };
    }

    private static Measurement measurement(Score score) {
        return Plausibility.problem(score)
                .<Measurement>map(problem -> new Measurement.Lost("was quarantined: " + problem))
                .orElseGet(() -> new Measurement.Measured(score.value()));
    }

    private static boolean speaksOf(Comparison comparison, Score score) {
        return score.subgroup() == null
                && score.metric().equals(comparison.getMetric())
                && Objects.equals(score.target(), comparison.getTarget());
    }

    private static String metric(Comparison comparison) {
        return comparison.getTarget() == null
                ? comparison.getMetric()
                : comparison.getMetric() + " of " + comparison.getTarget();
    }
}
