package io.synthray.producer.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.ReferenceChunk;
import io.synthray.event.ReferenceEmbedding;
import io.synthray.event.StudySeal;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.FreePorts;
import io.synthray.local.platform.Programs;
import io.synthray.local.platform.Readiness;
import io.synthray.producer.broker.CommittedRecords;
import io.synthray.producer.broker.Events;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.references.EmbeddedReferences;
import io.synthray.producer.study.StudyFile;
import io.synthray.producer.submit.SubmittedStudies;
import io.synthray.producer.submit.Submitter;
import io.synthray.producer.submit.UnknownStudyException;
import io.synthray.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Features of real images, by the embedder that comes with Synthray. */
@ExtendWith(RealServers.Extension.class)
class ReferencesIT {
    @TempDir
    static Path logs;

    private static Platform platform;
    private static Child inference;
    private static String address;

    @TempDir
    Path directory;

    @BeforeAll
    static void setUp(RealServers servers) throws InterruptedException {
        platform = servers.platform("references.");
        Programs programs = new Programs(Distribution.current());
        int port = FreePorts.take(1).get(0);
        address = "127.0.0.1:" + port;
        inference = Child.start(
                programs.inference(programs.distribution().modelRepository(), port, 1),
                programs.distribution(),
                logs.resolve("inference.log"));
        Readiness.listening(port).await(inference, Duration.ofSeconds(60));
    }

    @AfterAll
    static void tearDown() {
        inference.close();
    }

    @Test
    void oneFieldOfTheStudyFilePublishesBothSides() throws Exception {
        Path file = study("one");
        String[] submit = Synthray.at(platform, "submit", file.toString(), "--inference-server", address);
        var ended = Synthray.run(directory, submit);
        assertEquals(0, ended.exitCode(), ended.err());

        PlannedStudy planned = new Planner().plan(StudyFile.read(file));
        Map<String, ReferenceChunk> found = references("one");
        assertEquals(Set.of("one/TRAIN/0", "one/HELD_OUT/0"), found.keySet());
        Set<String> train = new HashSet<>();
        for (int repeat = 1; repeat <= 2; repeat++) {
            train.addAll(planned.requests().realImages(repeat));
        }
        assertEquals(
                planned.references().dataset().cases().stream()
                        .filter(c -> train.contains(c.id()))
                        .map(DatasetCase::key)
                        .collect(Collectors.toSet()),
                cases(found.get("one/TRAIN/0")));
        assertEquals(
                planned.references().heldOut().stream().map(DatasetCase::key).collect(Collectors.toSet()),
                cases(found.get("one/HELD_OUT/0")));
        for (ReferenceChunk chunk : found.values()) {
            assertEquals(32, chunk.getDimension());
            assertTrue(chunk.getEmbedder().matches("embedder@1:[0-9a-f]{64}"), chunk.getEmbedder());
            Set<?> vectors = chunk.getEntries().stream()
                    .map(ReferenceEmbedding::getEmbedding)
                    .collect(Collectors.toSet());
            assertEquals(chunk.getImages(), vectors.size(), "images of their own have features of their own");
        }

        long records = records("one");
        var again = Synthray.run(directory, submit);
        assertEquals(0, again.exitCode(), again.err());
        assertTrue(again.out().contains("nothing was changed"), again.out());
        assertEquals(records, records("one"));
    }

    @Test
    void aSubmitThatStoppedHalfWayIsFinishedWithTheSameFeatures() throws Exception {
        PlannedStudy planned = new Planner().plan(StudyFile.read(study("half")));
        Submitter submitter = new Submitter(platform, EmbeddedReferences.at(address));
        assertThrows(
                IllegalStateException.class,
                () -> submitter.submit(planned, (published, all) -> {
                    throw new IllegalStateException("ended here");
                }));
        assertEquals(StudySeal.OPEN, new SubmittedStudies(platform).get("half").getSeal());
        Map<String, ReferenceChunk> first = references("half");
        assertEquals(Set.of("half/TRAIN/0", "half/HELD_OUT/0"), first.keySet());

        submitter.submit(planned, (published, all) -> {});
        assertEquals(
                StudySeal.SEALED, new SubmittedStudies(platform).get("half").getSeal());
        assertEquals(first, references("half"));
    }

    @Test
    void withoutTheServerNothingIsPublished() throws Exception {
        Path file = study("nobody");
        String nobody = "127.0.0.1:" + FreePorts.take(1).get(0);
        var ended =
                Synthray.run(directory, Synthray.at(platform, "submit", file.toString(), "--inference-server", nobody));
        assertEquals(1, ended.exitCode());
        assertTrue(
                ended.err()
                        .startsWith(
                                "error: study nobody asks for fidelity, and its real images could not be embedded: "),
                ended.err());
        assertTrue(ended.err().contains(nobody) && ended.err().contains("nothing was published"), ended.err());
        assertThrows(UnknownStudyException.class, () -> new SubmittedStudies(platform).get("nobody"));
        assertEquals(Map.of(), references("nobody"));
    }

    @Test
    void anotherModelIsNoEmbedder() throws Exception {
        Path file = study("sampler");
        Files.writeString(file, Files.readString(file).replace("fidelity: true", "fidelity: {embedder: sampler}"));
        var ended = Synthray.run(
                directory, Synthray.at(platform, "submit", file.toString(), "--inference-server", address));
        assertEquals(1, ended.exitCode());
        assertTrue(ended.err().contains("model sampler/1") && ended.err().contains("is no embedder"), ended.err());
        assertThrows(UnknownStudyException.class, () -> new SubmittedStudies(platform).get("sampler"));
    }

    private Path study(String name) throws IOException {
        String yaml =
                """
                study: %s
                seed: 3
                dataset: {kind: phantom, side: 64, train: 40, test: 4}
                task: segmentation
                targets: [heart]
                real-images: 4
                repeats: 2
                fidelity: true
                arms:
                  - name: real-only
                  - name: synthetic
                    synthetic: {images: 6, image-sets: shared, masks: {rotation: 5}}
                """;
        return Files.writeString(directory.resolve(name + ".yaml"), yaml.formatted(name));
    }

    private static Set<String> cases(ReferenceChunk chunk) {
        List<String> cases =
                chunk.getEntries().stream().map(ReferenceEmbedding::getCase$).toList();
        assertEquals(chunk.getImages(), cases.size());
        assertEquals(cases.stream().sorted().toList(), cases, chunk.getSide() + " by key");
        return new HashSet<>(cases);
    }

    private static Map<String, ReferenceChunk> references(String study) {
        Map<String, ReferenceChunk> found = new TreeMap<>();
        new Events(platform).read(TopicCatalogue.REFERENCES, key -> key.startsWith(study + "/"), found::put);
        return found;
    }

    private static long records(String study) {
        long[] count = new long[1];
        new CommittedRecords(platform).readAll(TopicCatalogue.REFERENCES, record -> {
            if (new String(record.key(), StandardCharsets.UTF_8).startsWith(study + "/")) {
                count[0]++;
            }
        });
        return count[0];
    }
}
