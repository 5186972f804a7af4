package io.synthray.producer.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.GenerationRequest;
import io.synthray.event.Study;
import io.synthray.event.StudySeal;
import io.synthray.producer.broker.CommittedRecords;
import io.synthray.producer.broker.Events;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import io.synthray.producer.submit.SubmittedStudies;
import io.synthray.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RealServers.Extension.class)
class SubmitIT {
    private static final int MANY = 20_000;

    private static Platform platform;

    @TempDir
    Path directory;

    @BeforeAll
    static void setUp(RealServers servers) {
        platform = servers.platform("submit.");
    }

    @Test
    void publishesOnceHoweverOftenAStudyIsSubmitted() throws Exception {
        Path file = study("once", 30);

        var first = Synthray.run(directory, Synthray.at(platform, "submit", file.toString()));
        assertEquals(0, first.exitCode(), first.err());
        assertEquals("", first.err());
        assertTrue(first.out().contains("30 of 30 requests published"), first.out());
        assertTrue(first.out().contains("study once is submitted: 30 requests published."), first.out());
        Map<String, Integer> published = requests("once");
        List<String> records = records();

        var second = Synthray.run(directory, Synthray.at(platform, "submit", file.toString()));
        assertEquals(0, second.exitCode(), second.err());
        assertTrue(
                second.out().contains("study once has already been submitted with this very plan; nothing was changed"),
                second.out());
        assertEquals(published, requests("once"));
        assertEquals(records, records());
        assertEachOnce(30, published);
    }

    /** The events themselves are those of the plan. */
    @Test
    void publishesThePlannedRequestsAsTheyAre() throws Exception {
        Path file = study("planned", 20);
        assertEquals(
                0,
                Synthray.run(directory, Synthray.at(platform, "submit", file.toString()))
                        .exitCode());

        var planned = new Planner().plan(StudyFile.read(file));
        Map<String, GenerationRequest> expected = planned.requests().stream()
                .collect(Collectors.toMap(GenerationRequest::getRequest, request -> request));
        Map<String, GenerationRequest> found = new TreeMap<>();
        new Events(platform).read(TopicCatalogue.GENERATION_REQUESTS, key -> key.startsWith("planned/"), found::put);
        assertEquals(new TreeMap<>(expected), found);

        Study study = new SubmittedStudies(platform).get("planned");
        assertEquals(planned.plan(), study.getPlan());
        assertEquals(planned.hash(), study.getPlanHash());
        assertEquals(StudySeal.SEALED, study.getSeal());
        assertEquals(20, study.getRequests());
        assertTrue(study.getPartitions().size() >= TopicCatalogue.SPREAD, study::toString);
        assertTrue(study.getPartitions().size() <= TopicCatalogue.WIDE_SPREAD, study::toString);
    }

    /** What keeps a small study from waiting behind a big one; how fast it then goes is the generator worker's test. */
    @Test
    void aStudyGoesToPartitionsThatOthersLeaveFree(RealServers servers) throws Exception {
        Platform empty = servers.platform("fair.");
        Map<String, Integer> studies = new LinkedHashMap<>();
        studies.put("big", 6000);
        studies.put("bigger", 7000);
        studies.put("small", 100);
        Map<String, List<Integer>> places = new HashMap<>();
        for (var each : studies.entrySet()) {
            Path file = study(each.getKey(), each.getValue());
            var ended = Synthray.run(directory, Synthray.at(empty, "submit", file.toString()));
            assertEquals(0, ended.exitCode(), ended.err());
            places.put(
                    each.getKey(),
                    new SubmittedStudies(empty).get(each.getKey()).getPartitions());
        }
        assertEquals(TopicCatalogue.SPREAD, places.get("big").size());
        assertEquals(TopicCatalogue.SPREAD, places.get("bigger").size());
        assertEquals(TopicCatalogue.WIDE_SPREAD, places.get("small").size());
        int chosen = places.values().stream().mapToInt(List::size).sum();
        assertEquals(
                chosen,
                places.values().stream().flatMap(List::stream).distinct().count(),
                places::toString);
    }

    @Test
    void refusesAChangedPlanAndShowsTheDifference() throws Exception {
        Path file = study("changed", 10);
        assertEquals(
                0,
                Synthray.run(directory, Synthray.at(platform, "submit", file.toString()))
                        .exitCode());
        Files.writeString(file, Files.readString(file).replace("images: 10", "images: 12"));

        var refused = Synthray.run(directory, Synthray.at(platform, "submit", file.toString()))
                .withoutTraces();
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("error: study changed has been submitted with another plan"), refused.err());
        assertTrue(refused.err().contains("arms[synthetic].synthetic.images: 10 -> 12"), refused.err());
        assertEachOnce(10, requests("changed"));
    }

    @Test
    void goesOnWhereAKilledSubmitStopped() throws Exception {
        Path file = study("killed", MANY);
        try (Synthray killed = Synthray.start(directory, Synthray.at(platform, "submit", file.toString()))) {
            killed.awaitOutput("of 20,000 requests published");
            killed.kill();
        }
        assertEquals(
                StudySeal.OPEN, new SubmittedStudies(platform).get("killed").getSeal());

        var again = Synthray.run(directory, Synthray.at(platform, "submit", file.toString()));
        assertEquals(0, again.exitCode(), again.err());
        assertTrue(again.out().contains("were there from an earlier submit"), again.out());
        assertEquals(
                StudySeal.SEALED, new SubmittedStudies(platform).get("killed").getSeal());
        assertEachOnce(MANY, requests("killed"));
    }

    @Test
    void twoAtOnceLeaveThePlannedRequests() throws Exception {
        Path file = study("twice", MANY);
        String[] submit = Synthray.at(platform, "submit", file.toString());
        List<Synthray.Ended> ended = new ArrayList<>();
        try (Synthray first = Synthray.start(directory, submit);
                Synthray second = Synthray.start(directory, submit)) {
            ended.add(first.end().withoutTraces());
            ended.add(second.end().withoutTraces());
        }
        assertTrue(ended.stream().anyMatch(e -> e.exitCode() == 0), ended::toString);
        for (Synthray.Ended e : ended) {
            assertTrue(e.exitCode() == 0 || e.err().contains("has taken over from this one"), e::toString);
        }
        assertEquals(
                StudySeal.SEALED, new SubmittedStudies(platform).get("twice").getSeal());
        assertEachOnce(MANY, requests("twice"));
    }

    private Path study(String name, int images) throws IOException {
        String yaml =
                """
                study: %s
                seed: 3
                dataset: {kind: phantom, side: 32, train: 12, test: 4}
                task: segmentation
                targets: [heart]
                real-images: 4
                repeats: 2
                arms:
                  - name: real-only
                  - name: synthetic
                    synthetic: {images: %d, image-sets: shared, masks: {rotation: 5}}
                """;
        return Files.writeString(directory.resolve(name + ".yaml"), yaml.formatted(name, images));
    }

    private static void assertEachOnce(int planned, Map<String, Integer> counts) {
        assertEquals(planned, counts.size());
        assertEquals(List.of(1), counts.values().stream().distinct().toList());
    }

    /** Committed requests of a study by key, and how many records each has. */
    private static Map<String, Integer> requests(String study) {
        Map<String, Integer> counts = new TreeMap<>();
        new CommittedRecords(platform).readAll(TopicCatalogue.GENERATION_REQUESTS, record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(study + "/")) {
                counts.merge(key, 1, Integer::sum);
            }
        });
        return counts;
    }

    /** Where every committed record of studies and requests lies. */
    private static List<String> records() {
        List<String> records = new ArrayList<>();
        for (var topic : List.of(TopicCatalogue.STUDIES, TopicCatalogue.GENERATION_REQUESTS)) {
            new CommittedRecords(platform)
                    .readAll(topic, r -> records.add(r.topic() + "/" + r.partition() + "/" + r.offset()));
        }
        return records.stream().sorted().toList();
    }
}
