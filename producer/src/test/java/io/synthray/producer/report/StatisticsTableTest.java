package io.synthray.producer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.producer.fixture.SampleStudy;
import java.util.List;
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
}
