package io.synthray.producer.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.synthray.event.GenerationRequest;
import io.synthray.producer.study.StudyFile;
import io.synthray.schemas.id.RequestId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Equal plans give equal ids and requests, byte for byte; another seed gives others. */
class PlannerPropertyTest {
    @Property(tries = 25)
    void equalStudiesGiveEqualBytes(@ForAll("studies") String yaml) {
        PlannedStudy one = plan(yaml);
        // The same study, written otherwise: comments and the order of fields are no part of a plan.
        PlannedStudy two = plan("# again\n" + reversed(yaml));
        assertEquals(one.plan(), two.plan());
        assertEquals(one.hash(), two.hash());
        assertArrayEquals(
                bytes(one.requests().stream().toList()),
                bytes(two.requests().stream().toList()));
        // A reader that has the published plan alone comes to the same requests.
        assertArrayEquals(
                bytes(one.requests().stream().toList()),
                bytes(new Planner().requests(one.plan()).stream().toList()));
    }

    @Property(tries = 15)
    void everyRequestIsPlannedOnce(@ForAll("studies") String yaml) {
        PlannedStudy study = plan(yaml);
        List<GenerationRequest> requests = study.requests().stream().toList();
        assertEquals(study.requests().count(), requests.size());
        Set<String> ids = new HashSet<>();
        Set<Long> seeds = new HashSet<>();
        for (GenerationRequest request : requests) {
            RequestId id = RequestId.parse(request.getRequest());
            assertEquals(request.getIndex(), id.index());
            assertEquals(request.getImageSet(), id.imageSet().imageSet());
            ids.add(request.getRequest());
            seeds.add(request.getSeed());
        }
        assertEquals(requests.size(), ids.size());
        assertEquals(requests.size(), seeds.size());
    }

    @Property(tries = 10)
    void anotherSeedGivesOtherRequests(@ForAll("studies") String yaml) {
        PlannedStudy one = plan(yaml);
        PlannedStudy other = plan(yaml.replaceFirst("seed: \\d+", "seed: 9007199254740991"));
        assertNotEquals(one.hash(), other.hash());
        Set<Long> seeds =
                one.requests().stream().map(GenerationRequest::getSeed).collect(Collectors.toSet());
        assertEquals(
                0,
                other.requests().stream()
                        .filter(r -> seeds.contains(r.getSeed()))
                        .count());
    }

    @Provide
    Arbitrary<String> studies() {
        Arbitrary<Integer> seed = Arbitraries.integers().between(0, 1_000_000);
        Arbitrary<Integer> images = Arbitraries.integers().between(1, 12);
        Arbitrary<String> scope = Arbitraries.of("shared", "per-repeat");
        Arbitrary<Integer> repeats = Arbitraries.integers().between(1, 3);
        Arbitrary<Integer> rotation = Arbitraries.integers().between(0, 30);
        return Combinators.combine(seed, images, scope, repeats, rotation).as((s, i, sets, r, angle) -> List.of(
                        "study: any",
                        "seed: " + s,
                        "dataset: {kind: phantom, side: 32, train: 10, test: 2}",
                        "task: segmentation",
                        "targets: [heart, left-lung]",
                        "real-images: 3",
                        "repeats: " + r,
                        "arms: [{name: synthetic, synthetic: {images: %d, image-sets: %s, masks: {rotation: %d, flip: true}}}]"
                                .formatted(i, sets, angle))
                .stream()
                .collect(Collectors.joining("\n")));
    }

    private static String reversed(String yaml) {
        List<String> lines = new java.util.ArrayList<>(yaml.lines().toList());
        java.util.Collections.reverse(lines);
        return String.join("\n", lines);
    }

    private static PlannedStudy plan(String yaml) {
        return new Planner().plan(StudyFile.parse(yaml, "s.yaml", Path.of("/")));
    }

    private static byte[] bytes(List<GenerationRequest> requests) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        SpecificDatumWriter<GenerationRequest> writer = new SpecificDatumWriter<>(GenerationRequest.class);
        try {
            for (GenerationRequest request : requests) {
                writer.write(request, encoder);
            }
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
