package io.synthray.producer.report;

import io.synthray.event.Estimate;
import io.synthray.event.Fidelity;
import io.synthray.event.FidelityPlan;
import io.synthray.event.ImageMade;
import io.synthray.event.SampleFidelity;
import io.synthray.event.Study;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyPlan;
import io.synthray.event.SubgroupDifference;
import io.synthray.event.Subgroups;
import io.synthray.producer.fixture.SampleStudy;
import io.synthray.schemas.id.ImageSetId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Results of the sample study as a reader would have them. */
final class Samples {
    private Samples() {}

    static StudyResults complete(SampleStudy sample, List<ImageMade> images) {
        Map<String, SortedMap<Integer, SyntheticImage>> pictures = new TreeMap<>();
        Map<StudyResults.Generator, Long> generators = new LinkedHashMap<>();
        for (ImageMade image : images) {
            String set = new ImageSetId(image.getStudy(), image.getArm(), image.getImageSet()).key();
            pictures.computeIfAbsent(set, key -> new TreeMap<>()).put(image.getIndex(), SyntheticImage.of(image));
            generators.merge(StudyResults.Generator.of(image.getProvenance()), 1L, Long::sum);
        }
        return new StudyResults(
                sample.study(),
                Optional.of(
                        sample.state(StudyPhase.COMPLETE, 6, 12, "real+synthetic/repeat-1: 1 of 6 requests failed")),
                sample.statistics(),
                List.of(),
                List.of(),
                sample.results(),
                pictures,
                generators,
                List.of());
    }

    /** As {@link #complete}, with fidelity of one image set and a comparison by subgroup. */
    static StudyResults compared(SampleStudy sample) {
        StudyResults results = complete(sample, List.of());
        FidelityPlan fidelity = FidelityPlan.newBuilder()
                .setEmbedder("embedder")
                .setEmbedderVersion("1")
                .build();
        Study study = Study.newBuilder(sample.study())
                .setPlan(StudyPlan.newBuilder(sample.study().getPlan())
                        .setFidelity(fidelity)
                        .build())
                .build();
        return new StudyResults(
                study,
                results.state(),
                results.statistics(),
                List.of(fidelity(study.getStudy())),
                List.of(subgroups(
                        study.getStudy(),
                        study.getPlan().getComparisons().get(0).getName())),
                results.trials(),
                results.images(),
                results.generators(),
                results.controls());
    }

    private static Fidelity fidelity(String study) {
        SampleFidelity sample = sample(0.0123)
                .setTrain(24)
                .setNearestTrain(1.25)
                .setNearCopyDistance(0.5)
                .setNearCopies(new Estimate(0.125, 0.04))
                .build();
        return Fidelity.newBuilder()
                .setStudy(study)
                .setArm("real+synthetic")
                .setImageSet("repeat-1")
                .setEmbedder("embedder@1:abc")
                .setDimension(32)
                .setImages(6)
                .setHeldOut(176)
                .setComplete(true)
                .setSample(sample)
                .setReal(sample(-0.0005).setTrain(0).build())
                .setNote("No Frechet distance below 10 images a feature")
                .build();
    }

    private static SampleFidelity.Builder sample(double kid) {
        return SampleFidelity.newBuilder()
                .setImages(24)
                .setHeldOut(176)
                .setKid(kid)
                .setKidLow(kid - 0.001)
                .setKidHigh(kid + 0.001)
                .setPrecision(new Estimate(0.75, 0.1))
                .setRecall(new Estimate(0.5, 0.05))
                .setDensity(new Estimate(1.5, 0.2))
                .setCoverage(new Estimate(0.25, 0.03));
    }

    private static Subgroups subgroups(String study, String comparison) {
        return Subgroups.newBuilder()
                .setStudy(study)
                .setComparison(comparison)
                .setSubgroups(List.of(
                        new SubgroupDifference("age=60-79", 12, 3, -0.01, -0.03, 0.01),
                        new SubgroupDifference("sex=female", 8, 1, 0.02, null, null)))
                .setWorst("age=60-79")
                .build();
    }

    static StudyResults begun(SampleStudy sample) {
        return new StudyResults(
                sample.study(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new HashMap<>(),
                Map.of(),
                List.of());
    }
}
