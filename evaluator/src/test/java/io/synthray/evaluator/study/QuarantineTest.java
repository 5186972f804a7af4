package io.synthray.evaluator.study;

import static io.synthray.evaluator.fixture.Studies.MASKS;
import static io.synthray.evaluator.fixture.Studies.REAL;
import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.fixture.Bench;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.Comparison;
import io.synthray.event.ImageMade;
import io.synthray.event.ImageProvenance;
import io.synthray.event.Metric;
import io.synthray.event.Statistics;
import io.synthray.event.StatisticsStatus;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.StudyState;
import io.synthray.event.TrialResult;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input is set aside with its cause and never averaged. */
class QuarantineTest {
    private final StudyPlan plan = Studies.plan("s", 3, 2, 0);
    private final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.01, 1.0001, Double.POSITIVE_INFINITY})
    void aMetricThatCannotBeLeavesItsComparisonsIncomplete(double impossible) {
        bench.planned(plan, StudySeal.SEALED);
        Studies.requestIds(plan).forEach(bench::image);
        for (TrialId trial : Studies.trialIds(plan)) {
            bench.result(trial.equals(new TrialId("s", MASKS, 2)) ? broken(trial, impossible) : sound(trial));
        }

        Statistics heart = bench.statistics("s/" + MASKS + "/real-only/dice:heart");
        assertEquals(StatisticsStatus.INCOMPLETE, heart.getStatus());
        assertEquals(2, heart.getPairs().size());
        assertNull(heart.getPOneTailed());
        String cause = "dice of heart: expected 0 to 1, found " + impossible;
        assertEquals("was quarantined: " + cause, heart.getLost().get(0).getCause());
        // The trial's other figures stand.
        assertEquals(
                StatisticsStatus.COMPLETE,
                bench.statistics("s/" + MASKS + "/real-only/dice").getStatus());
        StudyState state = bench.state("s");
        assertEquals(1, state.getQuarantinedRecords());
        assertEquals("trial real+masks/2", state.getQuarantined().get(0).getSubject());
        assertEquals(cause, state.getQuarantined().get(0).getCause());
        assertEquals(
                "trial real+masks/2: " + cause,
                bench.sent().quarantined().get(0).cause());
        assertEquals(StudyPhase.COMPLETE, state.getPhase());
    }

    /** 0 to 1 is no bound of a distance in pixels, but one far beyond any image would make a variance infinite. */
    @ParameterizedTest
    @CsvSource({
        "hd95, -1", "hd95, Infinity", "hd95, NaN", "hd95, 1e308",
        "surface-distance, -1", "surface-distance, Infinity", "surface-distance, NaN", "surface-distance, 1e308"
    })
    void aDistanceThatCannotBeLeavesItsComparisonsIncomplete(String metric, double impossible) {
        Statistics statistics = distances(metric, impossible);
        assertEquals(StatisticsStatus.INCOMPLETE, statistics.getStatus());
        assertNull(statistics.getPOneTailed());
        String cause = metric + ": expected 0 to 1000000, found " + impossible;
        assertEquals("was quarantined: " + cause, statistics.getLost().get(0).getCause());
        assertEquals(1, bench.state("s").getQuarantinedRecords());
        assertEquals(cause, bench.state("s").getQuarantined().get(0).getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hd95", "surface-distance"})
    void aDistanceMayBeAbove1(String metric) {
        Statistics statistics = distances(metric, 30);
        assertEquals(StatisticsStatus.COMPLETE, statistics.getStatus());
        assertEquals(30, statistics.getPairs().get(1).getArm());
        assertNotNull(statistics.getPOneTailed());
        assertEquals(0, bench.state("s").getQuarantinedRecords());
    }

    /** A study's one comparison, of a distance; one of its trials says {@code odd}. */
    private Statistics distances(String metric, double odd) {
        Comparison comparison = Comparison.newBuilder(plan.getComparisons().get(0))
                .setName("distance")
                .setMetric(metric)
                .build();
        bench.planned(
                StudyPlan.newBuilder(plan).setComparisons(List.of(comparison)).build(), StudySeal.SEALED);
        Studies.requestIds(plan).forEach(bench::image);
        for (TrialId trial : Studies.trialIds(plan)) {
            double value = trial.equals(new TrialId("s", MASKS, 2)) ? odd : 20 * Studies.dice(trial);
            bench.result(TrialResult.newBuilder(sound(trial))
                    .setMetrics(List.of(new Metric(metric, null, value, null, null)))
                    .build());
        }
        return bench.statistics("s/distance");
    }

    @Test
    void aRepeatThatSaysSomethingElseIsSetAside() {
        bench.planned(plan, StudySeal.SEALED);
        TrialId trial = new TrialId("s", REAL, 1);
        bench.result(Studies.result(trial, 0.9));
        bench.result(Studies.result(trial, 0.9005));
        assertEquals(List.of(), bench.sent().quarantined());
        bench.result(Studies.result(trial, 0.902));
        bench.result(Studies.failure(trial, "out of memory"));
        StudyState state = bench.state("s");
        assertEquals(2, state.getQuarantinedRecords());
        assertEquals(2, state.getTrials().getConflicting());
        assertEquals(3, state.getTrials().getDuplicates());
        assertEquals(
                "dice is 0.9 in its first result and 0.902 in this one: expected a difference of at most 0.001",
                state.getQuarantined().get(0).getCause());
        assertEquals(
                "its first result says COMPLETED, this one FAILED",
                state.getQuarantined().get(1).getCause());
    }

    @Test
    void theStateNamesTwentyAndCountsAll() {
        bench.planned(plan, StudySeal.SEALED);
        for (int i = 0; i < 30; i++) {
            bench.image(new RequestId(ImageSetId.shared("s", "elsewhere"), i));
        }
        StudyState state = bench.state("s");
        assertEquals(30, state.getQuarantinedRecords());
        assertEquals(20, state.getQuarantined().size());
        assertEquals(30, bench.sent().quarantined().size());
        assertEquals(new Position(3, 17), bench.sent().quarantined().get(29).at());
    }

    @Test
    void imagesOfDifferentWeightsAreNotFrozenTogether() {
        bench.planned(plan, StudySeal.SEALED);
        ImageSetId shared = ImageSetId.shared("s", SHARED);
        bench.image(new RequestId(shared, 0));
        bench.image(otherWeights(new RequestId(shared, 1)));

        assertEquals(List.of(), bench.sent().of(TopicCatalogue.MANIFESTS));
        StudyState state = bench.state("s");
        String failure = state.getImageSets().get(3).getFailure();
        assertTrue(
                failure.startsWith("its images were made with different weights under one model version: "), failure);
        assertEquals(3, state.getTrials().getSkipped());
        assertTrue(
                state.getNotes().stream().anyMatch(note -> note.startsWith("The images of model sampler version 1")),
                state.getNotes().toString());
        assertTrue(bench.statistics("s/" + SHARED + "/real-only/dice").getNote().contains("different weights"));
    }

    private static ImageMade otherWeights(RequestId id) {
        ImageMade image = Studies.image(id, "worker");
        return ImageMade.newBuilder(image)
                .setProvenance(ImageProvenance.newBuilder(image.getProvenance())
                        .setWeightsSha256(Studies.sha256("other"))
                        .build())
                .build();
    }

    private static TrialResult sound(TrialId trial) {
        return Studies.result(trial, Studies.dice(trial));
    }

    private static TrialResult broken(TrialId trial, double value) {
        TrialResult result = sound(trial);
        List<Metric> metrics = List.of(
                result.getMetrics().get(0),
                new Metric("dice", "heart", value, null, null),
                result.getMetrics().get(2));
        return TrialResult.newBuilder(result).setMetrics(metrics).build();
    }
}
