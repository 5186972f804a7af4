package io.synthray.evaluator.study;

import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.event.Statistics;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stops arms early. An arm is stopped once the plan stops at the decision of every comparison that it takes part in, after the last
 * of the repeats at which they were taken; a reference arm therefore outlives the arms that are held against it.
 */
final class EarlyStops {
    /** Issuer of the evaluators' words: one for all of them, so that whoever takes over speaks under the same key. */
    private static final String ISSUER = "evaluator";

    private final StudyTables tables;
    private final Outbox outbox;
    private final Trials trials;

    EarlyStops(StudyTables tables, Outbox outbox, Trials trials) {
        this.tables = tables;
        this.outbox = outbox;
        this.trials = trials;
    }

    /** Last repeat of an arm that counts; empty while it has not been stopped. */
    OptionalInt repeat(PlannedStudy study, String arm) {
        return tables.stops()
                .get(key(study, arm))
                .map(s -> OptionalInt.of(s.repeat()))
                .orElse(OptionalInt.empty());
    }

    /**
     * Stops what is to be stopped.
     *
     * @param stopsAt repeat at which the plan stops at a comparison's decision
     * @return whether an arm was stopped by this call
     */
    boolean update(PlannedStudy study, List<Statistics> statistics, Function<Statistics, OptionalInt> stopsAt) {
        boolean stopped = false;
        for (var arm : study.plan().getArms()) {
            String name = arm.getName();
            List<Statistics> own = statistics.stream()
                    .filter(s -> s.getPlan().getArm().equals(name)
                            || s.getPlan().getReference().equals(name))
                    .toList();
            if (!own.isEmpty() && repeat(study, name).isEmpty()) {
                int last = last(own, stopsAt);
                if (last > 0 && last < study.plan().getRepeats()) {
                    stop(study, name, last, own);
                    stopped = true;
                }
            }
        }
        return stopped;
    }

    private static int last(List<Statistics> own, Function<Statistics, OptionalInt> stopsAt) {
        int last = 0;
        for (Statistics comparison : own) {
            OptionalInt at = stopsAt.apply(comparison);
            if (at.isEmpty()) {
                return 0;
            }
            last = Math.max(last, at.getAsInt());
        }
        return last;
    }

    private void stop(PlannedStudy study, String arm, int repeat, List<Statistics> own) {
        String reason = "stopped after repeat %d: %s"
                .formatted(
                        repeat,
                        own.stream()
                                .map(s -> s.getSequential().getDecision().name().toLowerCase(Locale.ROOT) + " in "
                                        + s.getComparison())
                                .collect(Collectors.joining(", ")));
        tables.stops().put(key(study, arm), new StoppedArm(repeat, reason));
        Control word = Control.newBuilder()
                .setStudy(study.name())
                .setArm(arm)
                .setIssuer(ISSUER)
                .setWord(ControlWord.STOP)
                .setReason(reason)
                .setRepeat(repeat)
                .build();
        outbox.publish(TopicCatalogue.CONTROL, study.name() + "/" + arm + "/" + ISSUER, word);
        List<TrialId> later = new ArrayList<>(study.trials());
        later.removeIf(trial -> !trial.arm().equals(arm) || trial.repeat() <= repeat);
        // Requested ones are skipped by the trainers, who say so; nobody else would tell of those that were not.
        later.forEach(trial -> {
            if (trials.state(trial).stage() == Stage.PLANNED) {
                trials.end(trial, Stage.SKIPPED, reason);
            }
        });
    }

    private static String key(PlannedStudy study, String arm) {
        return study.name() + "/" + arm;
    }
}
