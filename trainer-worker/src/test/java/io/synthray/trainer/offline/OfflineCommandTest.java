package io.synthray.trainer.offline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.event.ManifestRef;
import io.synthray.event.Network;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomFolder;
import io.synthray.trainer.metric.TestScores;
import io.synthray.trainer.trial.LocalScores;
import io.synthray.trainer.trial.Trials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OfflineCommandTest {
    private final TrialRequest trial = Trials.small();

    @TempDir
    Path directory;

    @Test
    void tellsHowTheTrainingGoesAndWhatCameOut() throws IOException {
        Run run = run(trial);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("epoch 1 of 3, step 4 of 10: loss "), run.out());
        assertTrue(run.out().contains("s/real-only/1 on 3 test images"), run.out());
        assertTrue(
                run.out().contains("4 real and 0 synthetic images; libtorch 2.10.0 on 1 threads; Synthray 1.2.3"),
                run.out());
        TestScores scores = LocalScores.of(trial);
        assertTrue(
                run.out()
                        .contains("mean                 %.4f"
                                .formatted(scores.metrics().get(0).getValue())),
                run.out());
    }

    @Test
    void theJsonIsTheEvents() throws IOException {
        JsonNode result = new ObjectMapper().readTree(run(trial, "--json").out());
        assertEquals("COMPLETED", result.get("status").asText());
        TestScores scores = LocalScores.of(trial);
        assertEquals(scores.metrics().size(), result.get("metrics").size());
        for (int i = 0; i < scores.metrics().size(); i++) {
            assertEquals(
                    scores.metrics().get(i).getValue(),
                    result.get("metrics").get(i).get("value").asDouble());
        }
        assertEquals(9, result.get("cases").size());
    }

    @Test
    void leavesNetworkPredictionsAndResultAndGoesOnWhereItStood() throws IOException {
        Path out = directory.resolve("out");
        Run first = run(trial, "--out=" + out);
        assertEquals(0, first.code(), first.err());
        byte[] network = Files.readAllBytes(out.resolve("network.safetensors"));
        assertEquals(10, Files.readAllLines(out.resolve("predictions.csv")).size());
        Run second = run(trial, "--out=" + out);
        assertEquals(0, second.code(), second.err());
        assertTrue(!second.out().contains("epoch 1 of 3"), second.out());
        assertArrayEquals(network, Files.readAllBytes(out.resolve("network.safetensors")));
        JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
        assertEquals(10, result.at("/report/resumedFrom").asInt());
    }

    @Test
    void synthesisedImagesComeFromAFolder() throws IOException {
        Path images = directory.resolve("images");
        new PhantomFolder(new Phantom(5), 64).write(images, 6, 1);
        ManifestRef manifest =
                new ManifestRef("shared", FolderDataset.open(images).fingerprint(), 6, 1);
        TrialRequest mixed =
                TrialRequest.newBuilder(trial).setManifest(manifest).build();
        Run run = run(mixed, "--synthetic=" + images);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("4 real and 6 synthetic images"), run.out());

        ManifestRef planned = new ManifestRef("shared", "0".repeat(64), 6, 1);
        Run other = run(TrialRequest.newBuilder(trial).setManifest(planned).build(), "--synthetic=" + images);
        assertEquals(1, other.code());
        assertTrue(other.err().contains("synthetic images: expected fingerprint 000"), other.err());
    }

    @Test
    void aTrialThatCannotBeSaysWhy() throws IOException {
        Run run = run(TrialRequest.newBuilder(trial)
                .setNetwork(new Network("unet", 4, 5, null))
                .setDataset(io.synthray.event.Dataset.newBuilder(trial.getDataset())
                        .setImageSide(48)
                        .build())
                .build());
        assertEquals(1, run.code());
        assertEquals(
                "error: image side: expected a multiple of 32 for a network of 5 levels, found 48",
                run.err().strip());
    }

    @Test
    void whatCannotBeReadOrStartedIsOneLine() throws IOException {
        Run threads = run(trial, "--threads=0");
        assertEquals(1, threads.code());
        assertEquals(
                "error: threads: expected 1 or more, found 0", threads.err().strip());
        Path file = Files.write(directory.resolve("other"), new byte[] {1, 2, 3});
        Run noRequest = execute(List.of("--request=" + file, "--synthray=1.2.3"));
        assertEquals(1, noRequest.code());
        assertTrue(
                noRequest.err().startsWith("error: " + file + ": expected a trial's request, found none"),
                noRequest.err());
        assertEquals(1, noRequest.err().lines().count());
        Run none = execute(List.of("--request=" + directory.resolve("gone"), "--synthray=1.2.3"));
        assertEquals(1, none.code());
        assertEquals(1, none.err().lines().count(), none.err());
        Run nowhere = run(trial, "--out=" + file);
        assertEquals(1, nowhere.code());
        assertEquals(1, nowhere.err().lines().count(), nowhere.err());
    }

    private record Run(int code, String out, String err) {}

    private Run run(TrialRequest request, String... more) throws IOException {
        ByteBuffer bytes = request.toByteBuffer();
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        Path file = Files.write(directory.resolve("request.avro"), encoded);
        List<String> arguments = new ArrayList<>(List.of("--request=" + file, "--synthray=1.2.3"));
        arguments.addAll(List.of(more));
        return execute(arguments);
    }

    private static Run execute(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new OfflineCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }
}
