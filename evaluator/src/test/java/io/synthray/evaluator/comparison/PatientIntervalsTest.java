package io.synthray.evaluator.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.PatientBootstrap;
import io.synthray.statistics.BootstrapInterval;
import io.synthray.statistics.CrossedBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientIntervalsTest {
    private static final int REPEATS = 3;
    private static final int PATIENTS = 25;

    private static Comparison comparison(String metric, String target) {
        return Comparison.newBuilder()
                .setName("c")
                .setArm("arm")
                .setReference("reference")
                .setMetric(metric)
                .setTarget(target)
                .setHypothesis(Hypothesis.SUPERIORITY)
                .build();
    }

    private static double dice(String arm, int repeat, int patient) {
        Random random = new Random(1000L * repeat + patient);
        double shared = 0.5 + 0.2 * random.nextDouble();
        return arm.equals("arm") ? shared + 0.1 * random.nextDouble() : shared;
    }

    private static List<CaseOutcome> dice(String arm, int repeat) {
        List<CaseOutcome> cases = new ArrayList<>();
        for (int p = 0; p < PATIENTS; p++) {
            cases.add(new CaseOutcome(
                    "%02d".formatted(p), "c%02d".formatted(p), "heart", dice(arm, repeat, p), null, null));
        }
        // In which order trials tell of their cases says nothing.
        Collections.shuffle(cases, new Random(repeat + arm.length()));
        return cases;
    }

    private static PatientBootstrap found(Comparison comparison, PatientIntervals.Cases cases) {
        return PatientIntervals.of(comparison, REPEATS, 1, cases, 7).found();
    }

    /** The library's own bootstrap of a mean is checked against other software in its module. */
    @Test
    void diceOfOneImageAPatientIsTheBootstrapOfAMean() {
        double[][] differences = new double[REPEATS][PATIENTS];
        for (int r = 0; r < REPEATS; r++) {
            for (int p = 0; p < PATIENTS; p++) {
                differences[r][p] = dice("arm", r + 1, p) - dice("reference", r + 1, p);
            }
        }
        BootstrapInterval expected =
                new CrossedBootstrap(0.05, 10_000, 7).ofMean(differences).orElseThrow();
        PatientBootstrap found = found(comparison("dice", null), PatientIntervalsTest::dice);
        assertEquals(expected.estimate(), found.getEstimate(), 1e-14);
        assertEquals(expected.interval().low(), found.getLow(), 1e-12);
        assertEquals(expected.interval().high(), found.getHigh(), 1e-12);
        assertEquals(REPEATS, found.getRepeats());
        assertEquals(PATIENTS, found.getPatients());
        assertEquals(10_000, found.getResamples());
        assertEquals(found, found(comparison("dice", "heart"), PatientIntervalsTest::dice));
        assertEquals(
                PatientInterval.NONE,
                PatientIntervals.of(comparison("dice", "left-lung"), REPEATS, 1, PatientIntervalsTest::dice, 7));
    }

    private static CaseOutcome answer(int patient, String target, boolean truth, boolean called) {
        return new CaseOutcome("%02d".formatted(patient), "c%02d".formatted(patient), target, 0.5, truth, called);
    }

    /** Two classes: the arm finds every edema, the reference half of them; effusions alike in both. */
    private static List<CaseOutcome> answers(String arm, int repeat) {
        List<CaseOutcome> cases = new ArrayList<>();
        for (int p = 0; p < 20; p++) {
            boolean there = p % 2 == 0;
            boolean found = arm.equals("arm") || p % 4 == 0;
            cases.add(answer(p, "edema", there, there && found));
            cases.add(answer(p, "effusion", there, there || p % 4 == 1));
        }
        return cases;
    }

    @Test
    void f1IsMacroOverClasses() {
        PatientBootstrap found = found(comparison("f1", null), PatientIntervalsTest::answers);
        // Edema: 1 against 2 x 5 / (2 x 5 + 5).
        assertEquals((1 - 10.0 / 15) / 2, found.getEstimate(), 1e-15);
        assertTrue(found.getLow() > 0 && found.getLow() < found.getEstimate(), found::toString);
        assertTrue(found.getHigh() > found.getEstimate(), found::toString);
        assertEquals(20, found.getPatients());
        assertEquals(
                1 - 10.0 / 15,
                found(comparison("f1", "edema"), PatientIntervalsTest::answers).getEstimate(),
                1e-15);
    }

    /** Images of one patient are drawn together: four copies of each image add no patient and change nothing. */
    @Test
    void imagesOfAPatientStayTogether() {
        PatientIntervals.Cases copied = (arm, repeat) -> {
            List<CaseOutcome> cases = new ArrayList<>();
            for (CaseOutcome each : dice(arm, repeat)) {
                for (int copy = 0; copy < 4; copy++) {
                    cases.add(
                            new CaseOutcome(each.patient(), each.id() + copy, each.target(), each.value(), null, null));
                }
            }
            return cases;
        };
        PatientBootstrap once = found(comparison("dice", null), PatientIntervalsTest::dice);
        PatientBootstrap four = found(comparison("dice", null), copied);
        assertEquals(PATIENTS, four.getPatients());
        assertEquals(once.getLow(), four.getLow(), 1e-12);
        assertEquals(once.getHigh(), four.getHigh(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dice", "f1"})
    void sumsLessAPatientAreTheSumsWithoutIt(String metric) {
        PatientStatistic statistic = PatientStatistic.of(
                        comparison(metric, null),
                        REPEATS,
                        metric.equals("f1") ? PatientIntervalsTest::answers : PatientIntervalsTest::dice)
                .orElseThrow();
        int[] repeats = {1, 1, 1};
        double[] without = statistic.withoutEachPatient(REPEATS, statistic.patients());
        assertEquals(statistic.patients(), without.length);
        for (int p = 0; p < without.length; p++) {
            int[] others = new int[without.length];
            Arrays.fill(others, 1);
            others[p] = 0;
            assertEquals(statistic.of(repeats, others), without[p], 1e-14);
        }
    }

    @Test
    void manyComparisonsShareTheTimeThatAStudyMayTake() {
        Comparison dice = comparison("dice", null);
        int most = 2_000_000_000 / (2 * REPEATS * PATIENTS * (10_000 + REPEATS));
        PatientInterval last = PatientIntervals.of(dice, REPEATS, most, PatientIntervalsTest::dice, 7);
        assertNotNull(last.found());
        assertEquals("", last.note());
        assertEquals(
                new PatientInterval(
                        null,
                        "No interval for new patients, since a bootstrap of 3 repeats and 25 patients, one of "
                                + (most + 1) + " comparisons, takes longer than the evaluator gives to a study"),
                PatientIntervals.of(dice, REPEATS, most + 1, PatientIntervalsTest::dice, 7));
    }

    @Test
    void thereIsNoneWhereCasesDoNotPair() {
        PatientIntervals.Cases lacking = (arm, repeat) -> {
            List<CaseOutcome> cases = dice(arm, repeat);
            return arm.equals("arm") && repeat == 2 ? cases.subList(1, cases.size()) : cases;
        };
        assertNone(comparison("dice", null), REPEATS, lacking);
        assertNone(comparison("dice", null), 1, PatientIntervalsTest::dice);
        assertNone(comparison("dice", null), REPEATS, (arm, repeat) -> List.of());
        assertNone(comparison("f1", null), REPEATS, PatientIntervalsTest::dice);
        assertNone(comparison("iou", null), REPEATS, PatientIntervalsTest::dice);
    }

    private static void assertNone(Comparison comparison, int repeats, PatientIntervals.Cases cases) {
        assertEquals(PatientInterval.NONE, PatientIntervals.of(comparison, repeats, 1, cases, 7));
    }
}
