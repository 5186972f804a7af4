package io.synthray.producer.report;

import io.synthray.event.ImageMade;
import io.synthray.event.StudyPhase;
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
                sample.results(),
                pictures,
                generators,
                List.of());
    }

    static StudyResults begun(SampleStudy sample) {
        return new StudyResults(
                sample.study(), Optional.empty(), List.of(), Map.of(), new HashMap<>(), Map.of(), List.of());
    }
}
