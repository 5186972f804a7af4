package io.synthray.evaluator.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.synthray.evaluator.fixture.Bench;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.CaseResult;
import io.synthray.event.Comparison;
import io.synthray.event.PatientBootstrap;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.TrialResult;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interval for new patients comes with the last pair, from the first result of each trial. */
class PatientsTest {
    private static final int REPEATS = 2;
    private static final int IMAGES = 1;
    private static final StudyPlan PLAN = Studies.plan("s", REPEATS, IMAGES, 0);

    private static List<CaseResult> cases(String arm, int repeat, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new CaseResult(
                        "case" + i,
                        "heart",
                        0.5 + (arm.equals(Studies.REAL) ? 0 : 0.1 + 0.01 * (i % 5)) + 0.01 * repeat,
                        null,
                        "patient" + i / 2,
                        null))
                .toList();
    }

    private static String masks() {
        return "s/" + Studies.MASKS + "/" + Studies.REAL + "/dice";
    }

    /** Neither averaged nor left out: without its case the interval would speak of other patients than the plan's. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 5, -0.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aCaseThatCannotBeIsSetAsideAndThereIsNoInterval(double impossible) {
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        for (TrialId id : Studies.trialIds(PLAN)) {
            List<CaseResult> cases = new ArrayList<>(cases(id.arm(), id.repeat(), 0, 20));
            if (id.arm().equals(Studies.MASKS) && id.repeat() == 2) {
                for (int i : List.of(3, 9)) {
                    cases.set(
                            i,
                            CaseResult.newBuilder(cases.get(i))
                                    .setValue(impossible)
                                    .build());
                }
            }
            bench.result(TrialResult.newBuilder(Studies.result(id, Studies.dice(id)))
                    .setCases(cases)
                    .build());
        }

        Statistics masks = bench.statistics(masks());
        assertEquals(StatisticsStatus.COMPLETE, masks.getStatus());
        assertNull(masks.getPatients());
        assertNotNull(bench.statistics("s/" + Studies.SHARED + "/" + Studies.REAL + "/dice")
                .getPatients());
        StudyState state = bench.state("s");
        assertEquals(StudyPhase.COMPLETE, state.getPhase());
        assertEquals(1, state.getQuarantinedRecords());
        assertEquals("trial real+masks/2", state.getQuarantined().get(0).getSubject());
        String cause = "case case3 of heart: expected 0 to 1, found %s (2 of 20 cases are wrong)".formatted(impossible);
        assertEquals(cause, state.getQuarantined().get(0).getCause());
        assertEquals(
                "trial real+masks/2: " + cause,
                bench.sent().quarantined().get(0).cause());
    }

    /** 12 comparisons of 2 repeats, 14 targets and 300 patients are a little more than a study may take. */
    @Test
    void aBootstrapThatTakesTooLongIsNotLeftOutInSilence() {
        StudyPlan plan = StudyPlan.newBuilder(PLAN)
                .setComparisons(IntStream.range(0, 12)
                        .mapToObj(
                                i -> Comparison.newBuilder(PLAN.getComparisons().get(0))
                                        .setName("c" + i)
                                        .build())
                        .toList())
                .build();
        List<CaseResult> cases = IntStream.range(0, 14 * 300)
                .mapToObj(i -> new CaseResult("case" + i, "target" + i % 14, 0.5, null, "patient" + i / 14, null))
                .toList();
        Bench bench = new Bench();
        bench.planned(plan, StudySeal.SEALED);
        Studies.trialIds(plan)
                .forEach(id -> bench.result(TrialResult.newBuilder(Studies.result(id, Studies.dice(id)))
                        .setCases(cases)
                        .build()));

        Statistics statistics = bench.statistics("s/c3");
        assertEquals(StatisticsStatus.COMPLETE, statistics.getStatus());
        assertNull(statistics.getPatients());
        assertEquals(
                "No interval for new patients, since a bootstrap of 2 repeats and 300 patients, one of 12 comparisons, takes longer "
                        + "than the evaluator gives to a study",
                statistics.getNote());
        // The note stays though the study has ended and its cases are forgotten.
        assertEquals(StudyPhase.COMPLETE, bench.state("s").getPhase());
        bench.restart();
        bench.result(Studies.result(new TrialId("s", Studies.MASKS, 1), 0.9));
        assertEquals(statistics, bench.statistics("s/c3"));
    }

    private static void trial(Bench bench, String arm, int repeat) {
        TrialId id = new TrialId("s", arm, repeat);
        for (int chunk = 0; chunk < 2; chunk++) {
            TrialResult told = TrialResult.newBuilder(Studies.resultChunk(id, chunk, 2, 0.8 + 0.01 * repeat))
                    .setCases(cases(arm, repeat, 10 * chunk, 10 * chunk + 10))
                    .build();
            bench.result(told);
            // A repeated result, of other values, adds no case.
            bench.result(TrialResult.newBuilder(told)
                    .setCases(cases(Studies.REAL, 7, 0, 20))
                    .build());
        }
    }

    @Test
    void comesWithTheLastPairAndStays() {
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        String key = masks();
        trial(bench, Studies.REAL, 1);
        trial(bench, Studies.MASKS, 1);
        trial(bench, Studies.REAL, 2);
        assertNull(bench.statistics(key).getPatients());
        bench.restart();
        trial(bench, Studies.MASKS, 2);

        PatientBootstrap patients = bench.statistics(key).getPatients();
        assertNotNull(patients);
        assertEquals(10, patients.getPatients());
        assertEquals(REPEATS, patients.getRepeats());
        assertEquals(0.12, patients.getEstimate(), 1e-12);

        trial(bench, Studies.SHARED, 1);
        trial(bench, Studies.SHARED, 2);
        assertEquals(StudyPhase.COMPLETE, bench.state("s").getPhase());
        bench.restart();
        trial(bench, Studies.MASKS, 2);
        assertEquals(patients, bench.statistics(key).getPatients());
    }
}
