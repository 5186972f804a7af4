package io.synthray.producer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.EarlyStop;
import io.synthray.event.SequentialDecision;
import io.synthray.event.SequentialStatistics;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.producer.fixture.SampleStudy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTableTest {
    private final SampleStudy sample = SampleStudy.create();

    /** Golden table: what a user reads is part of the interface. */
    @Test
    void printsGainsAndLossesAlike() {
        assertEquals(
                """
                comparison                              metric        n  difference        95% interval       t  df       P  P corrected  verdict
                real+synthetic - real-only > 0          dice        3/3     +0.0450  [+0.0326, +0.0574]  15.588   2  0.0020       0.0061  better
                real+synthetic - real+augmentation > 0  dice        3/3     -0.0150  [-0.0479, +0.0179]  -1.964   2  0.9058       1.0000  not shown
                shared - real-only > -0.02              dice heart  3/3     -0.0350  [-0.0474, -0.0226]  -5.196   2  0.9825       1.0000  not shown; lower

                Paired t-test over repeats, one-tailed; Bonferroni for 3 comparisons; alpha 0.05.
                extra data (real+synthetic - real-only > 0; real+synthetic - real+augmentation > 0): the generator has seen more than the arm's real images, so a gain may come from what it has seen and is no evidence that synthesis makes more of the same few images.
                shared image set (shared - real-only > -0.02): one set of synthetic images serves all repeats, so the inference is conditional on that one set and generator; repeats do not vary them.
                """
                        .strip(),
                String.join("\n", StatisticsTable.lines(Samples.complete(sample, List.of()))));
    }

    @Test
    void neverPrintsAProbabilityOfZero() {
        assertEquals("<0.0001", Numbers.p(1e-9));
        assertEquals("0.0001", Numbers.p(0.0001));
        assertEquals("-", Numbers.p(null));
        assertEquals("+0.0000", Numbers.signed(-0.0));
    }

    @Test
    void saysNoMoreThanTheStatisticsAllow() {
        Statistics complete = sample.statistics().get(0);
        assertEquals(Verdict.BETTER, Verdict.of(complete));
        assertEquals(
                Verdict.INCOMPLETE,
                Verdict.of(Statistics.newBuilder(complete)
                        .setStatus(StatisticsStatus.INCOMPLETE)
                        .build()));
        assertEquals(
                Verdict.NO_TEST,
                Verdict.of(Statistics.newBuilder(complete).setSignificant(null).build()));
        assertEquals(Verdict.WAITING, Verdict.of(sample.waiting(0)));
        assertEquals(
                "There is no pair of trials yet, so that nothing can be said.",
                Verdict.sentence(sample.study().getPlan().getAnalysis(), sample.waiting(0)));
        assertEquals(
                Verdict.NO_WORSE,
                Verdict.of(Statistics.newBuilder(sample.statistics().get(2))
                        .setSignificant(true)
                        .build()));
        assertEquals(List.of("No statistics have been published yet."), StatisticsTable.lines(Samples.begun(sample)));
    }

    @Test
    void tellsWhatASequentialTestHasSeenAsSoonAsItIsDecided() {
        Analysis openEnded = Analysis.newBuilder(sample.study().getPlan().getAnalysis())
                .setKind(AnalysisKind.OPEN_ENDED)
                .setEarlyStop(
                        EarlyStop.newBuilder().setBenefit(true).setFutility(0.2).build())
                .build();
        assertEquals(
                "e-process of the one-sided t-test, looked at after each repeat; an e-value of 60.00 rejects (3 comparisons,"
                        + " alpha 0.05). Stops early for benefit and for futility at an e-value of 0.2000.",
                AnalysisWords.of(openEnded, 3));
        Statistics.Builder undecided = Statistics.newBuilder(sample.waiting(0))
                .setMeanDifference(0.15)
                .setSequential(SequentialStatistics.newBuilder()
                        .setRepeats(5)
                        .setEValue(72.5)
                        .setThreshold(60)
                        .setDecision(SequentialDecision.CONTINUE)
                        .build());
        assertEquals(Verdict.WAITING, Verdict.of(undecided.build()));
        Statistics decided = undecided.setSignificant(true).build();
        assertEquals(Verdict.BETTER, Verdict.of(decided));
        String sentence = Verdict.sentence(openEnded, decided);
        assertTrue(sentence.endsWith("significant at 0.05 (e-value 72.50 after 5 repeats, 60.00 rejects)."), sentence);
    }

    @Test
    void readsThePThatThePlansCorrectionGives() {
        Analysis usual = sample.study().getPlan().getAnalysis();
        Statistics s = Statistics.newBuilder(sample.statistics().get(0))
                .setPHolm(0.2)
                .setPBh(0.1)
                .build();
        assertEquals(s.getPBonferroni(), AnalysisWords.correctedP(usual, s));
        for (var each : Map.of("holm", 0.2, "bh", 0.1).entrySet()) {
            Analysis other =
                    Analysis.newBuilder(usual).setCorrection(each.getKey()).build();
            assertEquals(each.getValue(), AnalysisWords.correctedP(other, s));
        }
    }
}
