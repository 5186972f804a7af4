package io.synthray.producer.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.event.StudyPhase;
import io.synthray.event.TrialResult;
import io.synthray.imaging.store.ImageStores;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.fixture.SampleStudy;
import io.synthray.producer.submit.SubmitListener;
import io.synthray.producer.submit.Submitter;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes, with the events of services written by the test. */
@ExtendWith(RealServers.Extension.class)
class CommandLineIT {
    private static final Duration SECONDS = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void setsUpOnceAndSaysWhatIsMissingBefore(RealServers servers) throws Exception {
        String[] at = {
            "--bootstrap-servers", servers.servers().bootstrapServers(),
            "--registry-url", servers.servers().registryUrl(),
            "--topic-prefix", "setup."
        };
        Path file = Files.writeString(directory.resolve("s.yaml"), SampleStudy.YAML);
        var early = Synthray.run(directory, with(at, "submit", file.toString())).withoutTraces();
        assertEquals(1, early.exitCode());
        assertTrue(early.err().contains("topic setup.studies: missing"), early.err());
        assertTrue(early.err().contains("Run 'synthray setup' to create what is missing."), early.err());
        var unread = Synthray.run(directory, with(at, "report", "sample")).withoutTraces();
        assertEquals(1, unread.exitCode());
        assertTrue(unread.err().contains("has no topic setup.studies: run 'synthray setup'"), unread.err());

        for (int i = 0; i < 2; i++) {
            var setup = Synthray.run(directory, with(at, "setup", "--replication", "1"));
            assertEquals(0, setup.exitCode(), setup.err());
            assertTrue(setup.out().startsWith("16 topics 'setup.*' at "), setup.out());
        }
        var unknown = Synthray.run(directory, with(at, "watch", "sample")).withoutTraces();
        assertEquals(1, unknown.exitCode());
        assertEquals(
                "error: expected a study that has been submitted, found 'sample'; none has been submitted yet",
                unknown.err().strip());
    }

    /** From submit to report, through an outage of both servers while it is watched. */
    @Test
    void watchesThroughOutagesAndReports(RealServers servers) throws Exception {
        Platform platform = servers.platform("watch.");
        SampleStudy sample = SampleStudy.create();
        new Submitter(platform).submit(sample.planned(), SubmitListener.NONE);
        try (Events events = new Events(platform);
                Synthray watch =
                        Synthray.start(directory, Synthray.at(platform, "watch", "sample", "--timeout", "5m"))) {
            events.send(TopicCatalogue.STUDY_STATES, "sample", sample.state(StudyPhase.RUNNING, 4, 0));
            watch.awaitOutput("image set shared/shared is frozen: 4 images");

            servers.servers().killBroker();
            watch.awaitOutput("waiting: the broker at " + servers.servers().bootstrapServers() + " does not answer");
            servers.servers().startBroker();

            for (TrialResult result : sample.results().values()) {
                events.send(TopicCatalogue.TRIAL_RESULTS, result.getTrial() + "/0", result);
            }
            sample.images(ImageStores.open(directory.resolve("store").toUri()), 4)
                    .forEach(image -> events.send(
                            TopicCatalogue.IMAGES,
                            image.getStudy() + "/" + image.getArm() + "/" + image.getImageSet(),
                            image));
            sample.statistics().forEach(s -> events.send(TopicCatalogue.STATISTICS, "sample/" + s.getComparison(), s));
            events.send(TopicCatalogue.STUDY_STATES, "sample", sample.state(StudyPhase.COMPLETE, 6, 12));
            var ended = watch.end().withoutTraces();
            assertEquals(0, ended.exitCode(), ended.err());
            assertTrue(ended.out().contains("trial real-only/1 completed: dice 0.8100"), ended.out());
            assertTrue(ended.out().contains("study sample is COMPLETE"), ended.out());
            assertFalse(ended.out().contains("\u001b"), "control sequences in a pipe");
        }
        report(platform);
    }

    private void report(Platform platform) throws Exception {
        Path html = directory.resolve("report.html");
        var table = Synthray.run(directory, Synthray.at(platform, "report", "sample", "--html", html.toString()));
        assertEquals(0, table.exitCode(), table.err());
        assertTrue(
                table.out().contains("+0.0450  [+0.0326, +0.0574]  15.588   2  0.0020       0.0061  better"),
                table.out());
        String page = Files.readString(html);
        assertTrue(page.contains("Synthetic, and the mask it was made from"), "no pictures");
        assertFalse(page.contains("is not shown:"), "a picture is missing");

        var json = Synthray.run(directory, Synthray.at(platform, "report", "sample", "--json"));
        JsonNode results = new ObjectMapper().readTree(json.out());
        assertEquals("COMPLETE", results.get("phase").asText());
        assertEquals(-0.015, results.at("/comparisons/1/meanDifference").asDouble());
        assertEquals(12, results.get("trials").size());
    }

    @Test
    void watchingEndsWithTheStudyOrWithTheTime(RealServers servers) throws Exception {
        Platform platform = servers.platform("end.");
        SampleStudy sample = SampleStudy.create();
        new Submitter(platform).submit(sample.planned(), SubmitListener.NONE);
        try (Events events = new Events(platform)) {
            var late = Synthray.run(directory, Synthray.at(platform, "watch", "sample", "--timeout", "2s"));
            assertEquals(3, late.exitCode(), late.err());
            assertEquals(
                    "error: study sample had not ended when the time was up",
                    late.err().strip());

            events.send(
                    TopicCatalogue.STUDY_STATES,
                    "sample",
                    sample.state(StudyPhase.FAILED, 6, 11, "Trial shared/1 failed: out of memory"));
            var failed = Synthray.run(directory, Synthray.at(platform, "watch", "sample"));
            assertEquals(1, failed.exitCode(), failed.out());
            assertTrue(failed.out().contains("note: Trial shared/1 failed: out of memory"), failed.out());

            var arm =
                    Synthray.run(directory, Synthray.at(platform, "control", "sample/nobody", "stop", "--reason", "r"));
            assertEquals(1, arm.exitCode());
            assertTrue(arm.err().contains("found 'nobody'"), arm.err());
            var stop = Synthray.run(
                    directory, Synthray.at(platform, "control", "sample/shared", "stop", "--reason", "no use"));
            assertEquals(0, stop.exitCode(), stop.err());
            Path html = directory.resolve("stopped.html");
            Synthray.run(directory, Synthray.at(platform, "report", "sample", "--html", html.toString()));
            assertTrue(
                    Files.readString(html).contains("STOP of shared by cli: no use"), "the word is not in the report");
        }
    }

    @Test
    void saysWithinSecondsThatAServerIsAway(RealServers servers) throws Exception {
        Platform platform = servers.platform("away.");
        Path file = Files.writeString(directory.resolve("s.yaml"), SampleStudy.YAML);
        servers.servers().killRegistry();
        for (String[] command : new String[][] {{"submit", file.toString()}, {"report", "sample"}, {"setup"}}) {
            var ended = Synthray.run(directory, Synthray.at(platform, command)).withoutTraces();
            assertEquals(1, ended.exitCode(), ended.out());
            assertTrue(
                    ended.err()
                            .startsWith("error: expected a schema registry at "
                                    + servers.servers().registryUrl()),
                    ended.err());
            assertEquals(1, ended.err().lines().count(), ended.err());
            assertTrue(ended.took().compareTo(SECONDS) < 0, ended.took()::toString);
        }
        servers.servers().startRegistry();
        servers.servers().killBroker();
        for (String[] command : new String[][] {{"submit", file.toString()}, {"watch", "sample"}, {"setup"}}) {
            var ended = Synthray.run(directory, Synthray.at(platform, command)).withoutTraces();
            assertEquals(1, ended.exitCode(), ended.out());
            assertTrue(
                    ended.err()
                            .startsWith(
                                    "error: the broker at " + servers.servers().bootstrapServers() + " did not "),
                    ended.err());
            assertEquals(1, ended.err().lines().count(), ended.err());
            assertTrue(ended.took().compareTo(SECONDS) < 0, ended.took()::toString);
        }
        servers.servers().startBroker();
        var submitted = Synthray.run(directory, Synthray.at(platform, "submit", file.toString()));
        assertEquals(0, submitted.exitCode(), submitted.err());
    }

    private static String[] with(String[] options, String... command) {
        String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return all;
    }

    /** What services would publish. */
    private static final class Events implements AutoCloseable {
        private final Platform platform;
        private final KafkaProducer<String, SpecificRecord> producer;

        Events(Platform platform) {
            this.platform = platform;
            this.producer = new KafkaProducer<>(
                    platform.kafka().client(Map.of()),
                    new StringSerializer(),
                    platform.serdes().serializer());
        }

        void send(Topic<?> topic, String key, SpecificRecord event) {
            try {
                producer.send(new ProducerRecord<>(platform.name(topic), key, event))
                        .get();
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                throw new AssertionError("not sent: " + key, e);
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
