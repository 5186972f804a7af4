package io.synthray.evaluator.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.Comparison;
import io.synthray.event.EarlyStop;
import io.synthray.event.FidelityPlan;
import io.synthray.event.Hypothesis;
import io.synthray.event.ImageMade;
import io.synthray.event.ManifestEntry;
import io.synthray.event.Study;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.TrialResult;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyEventsTest {
    private static final Position AT = new Position(2, 7);
    private static final RequestId REQUEST = RequestId.parse("s/real+masks/repeat-2/17");

    private final StudyPlan plan = Studies.plan("s", 2, 3, 0);
    private final Study study = Studies.study(plan, StudySeal.SEALED);

    @Test
    void aSoundPlanIsTaken() {
        assertEquals(new StudyEvent.Planned(study), StudyEvents.planned(study, AT));
    }

    @Test
    void aPlanThatDoesNotHoldTogetherIsRefused() {
        Map<String, Study> wrong = new TreeMap<>(Map.of(
                "study: expected lower case",
                        Study.newBuilder(study).setStudy("S!").build(),
                "plan.study: expected t", Study.newBuilder(study).setStudy("t").build(),
                "planHash: expected ", Study.newBuilder(study).setPlanHash("0").build(),
                "requests: expected 9, found 8",
                        Study.newBuilder(study).setRequests(8).build(),
                "partitions: expected at least one",
                        Study.newBuilder(study).setPartitions(List.of()).build(),
                "partitions: expected 0..63, found 64",
                        Study.newBuilder(study).setPartitions(List.of(64)).build(),
                "plan.subsets: expected 2",
                        planned(b -> b.setSubsets(plan.getSubsets().subList(0, 1))),
                "plan.repeats: expected 1", planned(b -> b.setRepeats(0).setSubsets(List.of())),
                "plan.arms: expected names used once",
                        planned(b -> b.setArms(
                                List.of(plan.getArms().get(0), plan.getArms().get(0)))),
                "plan.comparisons.c.arm: expected one of",
                        planned(b -> b.setComparisons(List.of(
                                Comparison.newBuilder(plan.getComparisons().get(0))
                                        .setName("c")
                                        .setArm("nobody")
                                        .build())))));
        wrong.forEach(StudyEventsTest::assertRefused);
    }

    private static void assertRefused(String message, Study broken) {
        String said = assertThrows(IllegalArgumentException.class, () -> StudyEvents.planned(broken, AT))
                .getMessage();
        assertTrue(said.startsWith(message), said);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsAShareIsAbove0AndBelow1(double wrong) {
        String found = "above 0.0 and below 1.0, found " + wrong;
        assertRefused("plan.analysis.alpha: expected " + found, analysed(a -> a.setAlpha(wrong)));
        assertRefused(
                "plan.analysis.earlyStop.futility: expected " + found,
                analysed(a -> a.setKind(AnalysisKind.OPEN_ENDED).setEarlyStop(new EarlyStop(true, 0.95, wrong))));
        assertRefused(
                "plan.analysis.earlyStop.curtailment: expected above 0.5 and below 1.0, found " + wrong,
                analysed(a -> a.setKind(AnalysisKind.SEQUENTIAL).setEarlyStop(new EarlyStop(true, wrong, null))));
        assertRefused("plan.comparisons.c.margin: expected " + found, compared(Hypothesis.NON_INFERIORITY, wrong));
        if (wrong != 0) {
            assertRefused(
                    "plan.comparisons.c.margin: expected 0 for hypothesis superiority, found " + wrong,
                    compared(Hypothesis.SUPERIORITY, wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1000, -1, Double.NaN})
    void aPriorsScaleIsAbove0AndBelow1000(double wrong) {
        assertRefused(
                "plan.analysis.priorScale: expected above 0.0 and below 1000.0, found " + wrong,
                analysed(a -> a.setKind(AnalysisKind.SEQUENTIAL).setPriorScale(wrong)));
    }

    @Test
    void aSequentialTestHasTwoRepeatsAndBonferronisCorrection() {
        StudyPlan once = Studies.plan("s", 1, 3, 0);
        for (AnalysisKind kind : List.of(AnalysisKind.SEQUENTIAL, AnalysisKind.OPEN_ENDED)) {
            Study single = Studies.study(
                    StudyPlan.newBuilder(once)
                            .setAnalysis(Analysis.newBuilder(once.getAnalysis())
                                    .setKind(kind)
                                    .build())
                            .build(),
                    StudySeal.SEALED);
            assertRefused("plan.analysis.kind: expected FIXED where there is one repeat, found " + kind, single);
            assertRefused(
                    "plan.analysis.correction: expected one of [bonferroni] for kind " + kind + ", found holm",
                    analysed(a -> a.setKind(kind).setCorrection("holm")));
            Study sound = analysed(a -> a.setKind(kind).setEarlyStop(new EarlyStop(true, 0.95, 0.1)));
            assertEquals(new StudyEvent.Planned(sound), StudyEvents.planned(sound, AT));
        }
        assertRefused(
                "plan.analysis.correction: expected one of [bonferroni, holm, bh] for kind FIXED, found none",
                analysed(a -> a.setCorrection("none")));
        assertRefused(
                "plan.analysis.earlyStop: expected none for kind FIXED, found one",
                analysed(a -> a.setEarlyStop(new EarlyStop(true, 0.95, null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 63, 4097})
    void aSampleOfFidelityIsInRange(int wrong) {
        assertRefused(
                "plan.fidelity.sample: expected 64..4096, found " + wrong,
                planned(b -> b.setFidelity(FidelityPlan.newBuilder()
                        .setEmbedder("e")
                        .setEmbedderVersion("1")
                        .setSample(wrong)
                        .build())));
    }

    @Test
    void anImageKeepsWhatItsManifestNames() {
        ImageMade made = Studies.image(REQUEST, "worker");
        StudyEvent.Imaged imaged = (StudyEvent.Imaged) StudyEvents.imaged(made, AT);
        assertEquals(REQUEST, imaged.request());
        assertEquals(made.getProvenance().getWeightsSha256(), imaged.weights());
        assertEquals(AT, imaged.at());
        ManifestEntry entry = new ManifestEntry(
                3, made.getUri(), made.getSha256(), made.getMaskUri(), made.getMaskSha256(), made.getLabels());
        assertEquals(entry, imaged.image().entry(3));
        ImageMade elsewhere = ImageMade.newBuilder(made)
                .setUri("s3://bucket/17.png")
                .setMaskUri(null)
                .setMaskSha256(null)
                .build();
        assertEquals(
                new ManifestEntry(3, "s3://bucket/17.png", made.getSha256(), null, null, made.getLabels()),
                ((StudyEvent.Imaged) StudyEvents.imaged(elsewhere, AT)).image().entry(3));
    }

    @Test
    void anImageWithoutAHashOfItsFileIsRefused() {
        ImageMade made = Studies.image(REQUEST, "worker");
        Map.of(
                        "sha256: expected 64 hexadecimal digits, found 'abc'",
                        ImageMade.newBuilder(made).setSha256("abc"),
                        "maskSha256: expected 64 hexadecimal digits, found '" + "g".repeat(64) + "'",
                        ImageMade.newBuilder(made).setMaskSha256("g".repeat(64)),
                        "mask: expected maskUri and maskSha256 both or neither, found only maskUri",
                        ImageMade.newBuilder(made).setMaskSha256(null))
                .forEach((message, wrong) -> assertEquals(
                        message,
                        assertThrows(IllegalArgumentException.class, () -> StudyEvents.imaged(wrong.build(), AT))
                                .getMessage()));
    }

    @Test
    void aRequestKeepsItsPositionOnly() {
        assertEquals(new StudyEvent.Requested(REQUEST, AT), StudyEvents.requested(Studies.request(REQUEST), AT));
    }

    @Test
    void chunksOfAResultMustBeInRange() {
        TrialResult result = Studies.resultChunk(new TrialId("s", "real-only", 1), 3, 3, 0.9);
        assertEquals(
                "chunk 3 of 3: expected 0 or more, and less than the chunks",
                assertThrows(IllegalArgumentException.class, () -> StudyEvents.trialEnded(result, AT))
                        .getMessage());
    }

    private Study analysed(Consumer<Analysis.Builder> change) {
        Analysis.Builder analysis = Analysis.newBuilder(plan.getAnalysis());
        change.accept(analysis);
        return planned(b -> b.setAnalysis(analysis.build()));
    }

    private Study compared(Hypothesis hypothesis, double margin) {
        return planned(b -> b.setComparisons(
                List.of(Comparison.newBuilder(plan.getComparisons().get(0))
                        .setName("c")
                        .setHypothesis(hypothesis)
                        .setMargin(margin)
                        .build())));
    }

    private Study planned(Consumer<StudyPlan.Builder> change) {
        StudyPlan.Builder builder = StudyPlan.newBuilder(plan);
        change.accept(builder);
        return Studies.study(builder.build(), StudySeal.SEALED);
    }
}
