package io.synthray.evaluator.study;

import static io.synthray.evaluator.fixture.Studies.MASKS;
import static io.synthray.evaluator.fixture.Studies.REAL;
import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvents;
import io.synthray.evaluator.fixture.Bench;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.Arm;
import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.event.EarlyStop;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.SequentialDecision;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StoppedArm;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.statistics.sequential.Stopping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An arm that the plan stops: its later repeats are skipped and never enter, whatever came first. */
class EarlyStopTest {
    private static final int REPEATS = 12;
    private static final StudyPlan PLAN = plan();

    private final Bench bench = new Bench();

    /** Two arms: one that helps clearly, one that does not. */
    private static StudyPlan plan() {
        StudyPlan plan = Studies.plan("s", REPEATS, 1, 0);
        return StudyPlan.newBuilder(plan)
                .setComparisons(plan.getComparisons().subList(0, 2))
                .setAnalysis(Analysis.newBuilder()
                        .setAlpha(0.05)
                        .setCorrection("bonferroni")
                        .setKind(AnalysisKind.OPEN_ENDED)
                        .setPriorScale(1)
                        .setEarlyStop(EarlyStop.newBuilder()
                                .setBenefit(true)
                                .setFutility(0.2)
                                .build())
                        .build())
                .build();
    }

    /** Masks help by four hundredths, the shared set does harm. */
    private static TrialResult result(TrialId trial) {
        double noise = 0.002 * (Integer.parseInt(Studies.sha256(trial.key()).substring(0, 2), 16) / 255.0 - 0.5);
        double gain = trial.arm().equals(MASKS) ? 0.04 : trial.arm().equals(SHARED) ? -0.02 : 0;
        return Studies.result(trial, 0.85 + gain + noise);
    }

    @Test
    void itSaysSoAndLeavesLaterRepeatsOut() {
        begin();
        for (int repeat = 1; repeat <= REPEATS; repeat++) {
            for (String arm : List.of(REAL, MASKS, SHARED)) {
                bench.result(result(new TrialId("s", arm, repeat)));
            }
            bench.tick();
        }

        Statistics masks = bench.statistics("s/" + MASKS + "/real-only/dice");
        int stop = masks.getStopRepeat();
        assertTrue(stop >= 2 && stop < REPEATS, "stopped after " + stop);
        assertEquals(SequentialDecision.BENEFIT, masks.getSequential().getDecision());
        assertEquals(stop, masks.getSequential().getDecidedAt());
        assertEquals(stop, masks.getPairs().size());
        assertEquals(StatisticsStatus.COMPLETE, masks.getStatus());
        assertNull(masks.getPOneTailed());
        assertNull(masks.getPBonferroni());
        assertNull(masks.getPHolm());
        assertNull(masks.getPBh());
        assertNull(masks.getPSignFlip());
        assertNull(masks.getWelch().getPOneTailed());
        assertEquals(true, masks.getSignificant());
        Statistics shared = bench.statistics("s/" + SHARED + "/real-only/dice");
        assertEquals(SequentialDecision.FUTILITY, shared.getSequential().getDecision());
        assertEquals(false, shared.getSignificant());

        Map<String, Control> words = bench.sent().newest(TopicCatalogue.CONTROL);
        Control word = words.get("s/" + MASKS + "/evaluator");
        assertEquals(ControlWord.STOP, word.getWord());
        assertEquals(stop, word.getRepeat());
        assertTrue(word.getReason().contains("benefit in " + MASKS + "/real-only/dice"), word.getReason());
        // The reference outlives both.
        assertEquals(
                Math.max(stop, shared.getStopRepeat()),
                words.get("s/" + REAL + "/evaluator").getRepeat());
        assertEquals(3, bench.sent().of(TopicCatalogue.CONTROL).size(), "each word once");
        StudyState state = bench.state("s");
        assertEquals(StudyPhase.COMPLETE, state.getPhase());
        assertEquals(3, state.getStopped().size());
    }

    @Test
    void waitingTrialsAreSkippedAndCounted() {
        begin();
        Set<String> answered = new HashSet<>();
        StudyState state = untilAllStop(answered);
        int completed = state.getTrials().getCompleted();
        // Requested trials that wait are skipped by the trainers, who say so.
        List<TrialId> waiting = waiting(answered);
        waiting.forEach(trial -> bench.result(TrialResult.newBuilder(Studies.failure(trial, "stopped by evaluator"))
                .setStatus(TrialStatus.SKIPPED)
                .build()));
        state = bench.state("s");
        assertEquals(StudyPhase.COMPLETE, state.getPhase());
        assertEquals(completed, state.getTrials().getCompleted());
        assertEquals(3 * REPEATS - completed, state.getTrials().getSkipped());
        assertEquals(0, state.getTrials().getConflicting());
        assertEquals(
                StatisticsStatus.COMPLETE,
                bench.statistics("s/" + MASKS + "/real-only/dice").getStatus());
    }

    /** Trials are trained as they are requested, until every arm has been stopped. */
    private StudyState untilAllStop(Set<String> answered) {
        StudyState state = bench.state("s");
        while (state.getStopped().size() < 3) {
            waiting(answered).forEach(trial -> bench.result(result(trial)));
            state = bench.state("s");
        }
        return state;
    }

    /** Trials that have been requested since the last call. */
    private List<TrialId> waiting(Set<String> answered) {
        return bench.sent().of(TopicCatalogue.TRIALS).stream()
                .map(TrialRequest::getTrial)
                .filter(answered::add)
                .map(TrialId::parse)
                .toList();
    }

    @Test
    void trialsThatWereNotRequestedAreNeverRequested() {
        bench.planned(PLAN, StudySeal.SEALED);
        bench.image(new RequestId(ImageSetId.shared("s", SHARED), 0));
        int stop = 0;
        for (int repeat = 1; stop == 0; repeat++) {
            bench.image(new RequestId(ImageSetId.ofRepeat("s", MASKS, repeat), 0));
            bench.tick();
            for (String arm : List.of(REAL, MASKS, SHARED)) {
                bench.result(result(new TrialId("s", arm, repeat)));
            }
            stop = bench.state("s").getStopped().stream()
                            .anyMatch(s -> s.getArm().equals(MASKS))
                    ? repeat
                    : 0;
        }
        bench.image(new RequestId(ImageSetId.ofRepeat("s", MASKS, stop + 1), 0));
        for (int repeat = stop + 2; repeat <= REPEATS; repeat++) {
            bench.tell(StudyEvents.notImaged(
                    Studies.outcome(
                            new RequestId(ImageSetId.ofRepeat("s", MASKS, repeat), 0),
                            OutcomeStatus.SKIPPED,
                            "arm stopped by evaluator"),
                    new Position(0, 0)));
        }
        StudyState state = bench.state("s");
        int last = stop;
        assertEquals(
                stop,
                bench.sent().of(TopicCatalogue.TRIALS).stream()
                        .filter(trial -> trial.getArm().equals(MASKS))
                        .mapToInt(TrialRequest::getRepeat)
                        .filter(repeat -> repeat <= last)
                        .count());
        assertTrue(bench.sent().of(TopicCatalogue.TRIALS).stream()
                .noneMatch(trial -> trial.getArm().equals(MASKS) && trial.getRepeat() > last));
        long unanswered = bench.sent().of(TopicCatalogue.TRIALS).stream()
                .filter(trial -> trial.getRepeat() > last)
                .count();
        assertEquals(
                3 * REPEATS - unanswered,
                state.getTrials().getCompleted() + state.getTrials().getSkipped());
    }

    @Test
    void trialsAreRequestedAFewRepeatsAheadOfThoseThatHaveEnded() {
        begin();
        bench.tick();
        assertEquals(Set.of(1, 2), requestedRepeats());
        bench.result(result(new TrialId("s", REAL, 1)));
        bench.result(result(new TrialId("s", MASKS, 1)));
        bench.tick();
        assertEquals(Set.of(1, 2), requestedRepeats(), "the shared arm's first trial has not ended");
        bench.restart();
        bench.result(Studies.failure(new TrialId("s", SHARED, 1), "no memory"));
        bench.tick();
        assertEquals(Set.of(1, 2, 3), requestedRepeats());
        assertEquals(9, bench.sent().of(TopicCatalogue.TRIALS).size(), "three arms, each trial once");
    }

    @Test
    void whatWasNotRequestedBeforeTheStopIsSaved() {
        begin();
        int stop = untilAllStop(new HashSet<>()).getStopped().stream()
                .mapToInt(StoppedArm::getRepeat)
                .max()
                .orElseThrow();
        Set<Integer> requested = requestedRepeats();
        assertTrue(Collections.max(requested) <= stop + Stopping.REPEATS_AHEAD, requested + " with a stop at " + stop);
        assertTrue(stop + Stopping.REPEATS_AHEAD < REPEATS, "stopped at " + stop);
    }

    private Set<Integer> requestedRepeats() {
        return bench.sent().of(TopicCatalogue.TRIALS).stream()
                .map(TrialRequest::getRepeat)
                .collect(Collectors.toSet());
    }

    @Test
    void aPlanThatDoesNotStopEarlyRequestsAllAtOnceRepeatByRepeat() {
        List<Arm> arms = new ArrayList<>(PLAN.getArms());
        arms.add(Arm.newBuilder().setName("real+augmentation").build());
        Analysis analysis =
                Analysis.newBuilder(PLAN.getAnalysis()).setEarlyStop(null).build();
        bench.planned(
                StudyPlan.newBuilder(PLAN).setArms(arms).setAnalysis(analysis).build(), StudySeal.SEALED);
        List<String> requested = bench.sent().of(TopicCatalogue.TRIALS).stream()
                .map(TrialRequest::getTrial)
                .toList();
        assertEquals(2 * REPEATS, requested.size());
        assertEquals(
                List.of("s/real-only/1", "s/real+augmentation/1", "s/real-only/2", "s/real+augmentation/2"),
                requested.subList(0, 4));
    }

    @Test
    void aGapHoldsTheTestUp() {
        begin();
        for (int repeat = 2; repeat <= REPEATS; repeat++) {
            for (String arm : List.of(REAL, MASKS, SHARED)) {
                bench.result(result(new TrialId("s", arm, repeat)));
            }
        }
        Statistics masks = bench.statistics("s/" + MASKS + "/real-only/dice");
        assertEquals(0, masks.getSequential().getRepeats());
        assertEquals(REPEATS - 1, masks.getPairs().size());
        assertEquals(List.of(), bench.sent().of(TopicCatalogue.CONTROL));
    }

    @Property(tries = 40)
    void theStopDoesNotDependOnWhichTrialEndedFirst(@ForAll long seed) {
        assertEquals(endings(Studies.trialIds(PLAN), 0), endings(shuffled(seed), seed));
    }

    /** Statistics, words and stops after all trials, with restarts and seconds in between. */
    private static Map<String, Object> endings(List<TrialId> order, long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        Studies.requestIds(PLAN).forEach(bench::image);
        for (TrialId trial : order) {
            bench.result(result(trial));
            if (random.nextInt(4) == 0) {
                bench.tick();
            }
            if (random.nextInt(10) == 0) {
                bench.restart();
            }
        }
        bench.tick();
        return Map.of(
                "statistics", bench.sent().newest(TopicCatalogue.STATISTICS),
                "control", bench.sent().newest(TopicCatalogue.CONTROL),
                "stopped", bench.state("s").getStopped());
    }

    private static List<TrialId> shuffled(long seed) {
        List<TrialId> order = new ArrayList<>(Studies.trialIds(PLAN));
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    private void begin() {
        bench.planned(PLAN, StudySeal.SEALED);
        Studies.requestIds(PLAN).forEach(bench::image);
    }
}
